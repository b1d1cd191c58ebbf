package dev.sluice.connectors.example;

import dev.sluice.rest.http.HttpOptions;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The provider for the simulated source that {@code sluice example-api} serves. */
public final class ExampleProvider implements ConnectorProvider {
  static final Option<URI> BASE_URL =
      Option.url("base_url", "Where the API is").required().addressing();
  static final Option<String> USERNAME = Option.text("username", "Any name will do").required();
  static final Option<String> PASSWORD = Option.secret("password", "Any will do").required();

  static final Option<String> CATEGORY = Option.text("category", "Only these products").selecting();
  static final Option<String> USER_ID =
      Option.text("user_id", "Only this user's orders").selecting();
  static final Option<String> STATUS =
      Option.text("status", "Only orders in this state").selecting();
  static final Option<Integer> LIMIT =
      Option.number("limit", "Events that the source answers at a time", 1, 50)
          .withDefault(50)
          .pacing();
  static final Option<Instant> START_TIMESTAMP =
      Option.timestamp("start_timestamp", "Where the first read of metrics begins, included")
          .selecting();
  static final Option<Duration> WINDOW_SECONDS =
      Incremental.WINDOW_SECONDS.withDefault(Duration.ofHours(1));

  @Override
  public String name() {
    return "example";
  }

  @Override
  public String description() {
    return "The simulated source of 'sluice example-api': a table of every ingestion type";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return HttpOptions.and(BASE_URL, USERNAME, PASSWORD);
  }

  @Override
  public List<TableSpec> tables() {
    return Arrays.stream(ExampleTable.values()).map(ExampleTable::spec).toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new ExampleConnector(context);
  }
}
