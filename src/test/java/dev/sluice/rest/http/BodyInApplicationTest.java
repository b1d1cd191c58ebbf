package dev.sluice.rest.http;

import io.quarkus.test.junit.QuarkusTest;

/** The same bodies while an application of Quarkus is running, whose event loop a client takes. */
@QuarkusTest
class BodyInApplicationTest extends BodyTest {}
