package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorApi;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows how long a source wants to be left alone when it refuses a request without saying so in
 * {@code Retry-After} or the usual rate-limit headers. Asked about a 403 too: one with a pause is
 * no denial, but passes.
 */
@ConnectorApi
@FunctionalInterface
public interface PauseAdvice {

  /** How long to wait before the request is repeated; empty when the refusal does not tell. */
  Optional<Duration> pause(Refusal refusal);

  /** Knows nothing. */
  static PauseAdvice none() {
    return refusal -> Optional.empty();
  }

  /** A source's refusal that may pass: its status, headers and the beginning of its body. */
  interface Refusal {
    int status();

    /** A header by its name, without regard to case. */
    Optional<String> header(String name);

    String text();
  }
}
