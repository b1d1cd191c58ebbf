package dev.sluice.testkit.reference;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Makes reference connectors, with a bug or without. */
record ReferenceProvider(Bug bug) implements ConnectorProvider {
  static final Option<URI> BASE_URL = Option.url("base_url", "Where the source is").required();
  static final Option<String> TOKEN = Option.secret("token", "The token").required();
  static final Option<Integer> PAGE_SIZE =
      Option.number("page_size", "Records per request", 1, 1_000_000)
          .withDefault(1_000_000)
          .pacing();
  static final Option<Duration> LOOKBACK =
      Option.seconds("lookback_seconds", "How far back each read looks for late records")
          .withDefault(Duration.ofMinutes(5))
          .pacing();

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "The kit's own connector";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return List.of(bug == Bug.IGNORED_READING ? BASE_URL : BASE_URL.addressing(), TOKEN);
  }

  @Override
  public List<TableSpec> tables() {
    return ReferenceShape.tables().stream()
        .map(name -> TableSpec.of(name, ReferenceShape.of(name).orElseThrow().metadata()))
        .map(spec -> spec.takes(LOOKBACK, PAGE_SIZE))
        .toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    context.options().check(connectionOptions());
    return new ReferenceConnector(
        context, new ReferenceClient(context, bug, Integer.MAX_VALUE), bug);
  }
}
