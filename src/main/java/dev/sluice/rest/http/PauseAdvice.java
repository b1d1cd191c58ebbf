package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorApi;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows how long to wait after a source refuses a request without {@code Retry-After} or the usual
 * rate-limit headers. It is asked about a 403 too: one with a pause is treated as temporary, not as
 * a denial.
 */
@ConnectorApi
@FunctionalInterface
public interface PauseAdvice {

  /**
   * Returns how long to wait before the request is repeated; empty when the refusal does not tell.
   */
  Optional<Duration> pause(Refusal refusal);

  /** Returns advice that is always empty. */
  static PauseAdvice none() {
    return refusal -> Optional.empty();
  }

  /**
   * A source's refusal that may be temporary: its status, headers and the beginning of its body.
   */
  interface Refusal {
    int status();

    /** Returns a header by its name, which is not case-sensitive. */
    Optional<String> header(String name);

    String text();
  }
}
