package dev.sluice.rest;

import java.time.Instant;

/** A way to get an access token from a source. Used by one thread at a time. */
interface Grant extends AutoCloseable {

  /** Asks for a token, each time anew. */
  AccessToken ask(Instant now) throws Failure;

  @Override
  void close();
}
