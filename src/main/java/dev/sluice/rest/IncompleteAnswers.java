package dev.sluice.rest;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows how a source says in a header of a successful response that it leaves something out. Such a
 * response is no page: what is missing in it would seem not to exist. A source that says so in the
 * body is covered by {@link dev.sluice.rest.json.ErrorDetector}.
 */
@ConnectorApi
@FunctionalInterface
public interface IncompleteAnswers {

  /**
   * Returns what is missing and what to do about it; empty for a complete response.
   *
   * @param header finds a response header by its name
   */
  Optional<ConnectorException> missing(Function<String, Optional<String>> header);

  /** Takes every response for complete. */
  static IncompleteAnswers none() {
    return header -> Optional.empty();
  }
}
