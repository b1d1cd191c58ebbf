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
   * Discards a credential that was refused. Tells whether {@link #prepare} will fetch another one.
   */
  default boolean refresh() {
    return false;
  }

  @Override
  default void close() {}
}
