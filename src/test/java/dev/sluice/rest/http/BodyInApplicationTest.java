package dev.sluice.rest.http;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The same bodies while an application of Quarkus is running, whose event loop a client takes. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
class BodyInApplicationTest extends BodyTest {}
