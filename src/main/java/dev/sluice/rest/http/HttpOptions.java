package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The connection options of every connector that uses HTTP. */
@ConnectorApi
public final class HttpOptions {

  public static final Option<Integer> REQUEST_TIMEOUT_SECONDS =
      Option.number(
              "request_timeout_seconds",
              "How long one request may take, its body included",
              1,
              3_600)
          .withDefault(30);

  public static final Option<Integer> REQUEST_ATTEMPTS =
      Option.number(
              "request_attempts", "How often a request is tried, the first one included", 1, 20)
          .withDefault(3);

  public static final Option<Integer> RETRY_PAUSE_MILLIS =
      Option.number(
              "retry_pause_millis",
              "The pause before the second attempt; it doubles with each further one",
              0,
              600_000)
          .withDefault(1_000);

  private HttpOptions() {}

  /** Returns a connector's own options, and these. */
  public static List<Option<?>> and(Option<?>... own) {
    return Stream.concat(
            Stream.of(own),
            Stream.of(REQUEST_TIMEOUT_SECONDS, REQUEST_ATTEMPTS, RETRY_PAUSE_MILLIS))
        .toList();
  }

  public static RetryPolicy retryPolicy(Options options) {
    return new RetryPolicy(
        options.get(REQUEST_ATTEMPTS), Duration.ofMillis(options.get(RETRY_PAUSE_MILLIS)));
  }

  public static Duration timeout(Options options) {
    return Duration.ofSeconds(options.get(REQUEST_TIMEOUT_SECONDS));
  }
}
