package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Parameter;
import java.util.Map;
import java.util.Optional;

/** The credentials that a client adds to a request. May be used from any thread. */
public interface Credentials extends AutoCloseable {

  /** Fetches what the next request needs, before it is sent. */
  default void prepare() throws RetryableFailure, InterruptedException {}

  Map<String, String> headers();

  default Optional<Parameter> parameter() {
    return Optional.empty();
  }

  /**
   * Does what may help after a refusal: waits for a new credential to be known everywhere, or
   * discards an old one, so that {@link #prepare} fetches another. Tells whether the call is to be
   * sent again.
   *
   * @param times the call has been sent again already
   */
  default boolean recover(Answer refusal, int times) throws InterruptedException {
    return false;
  }

  @Override
  default void close() {}
}
