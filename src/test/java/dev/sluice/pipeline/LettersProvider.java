package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A connector without a source, for tests of everything around connectors. */
public final class LettersProvider implements ConnectorProvider {
  static final Option<String> TOKEN = Option.secret("token", "Any text will do").required();
  static final Option<Integer> COUNT =
      Option.number("count", "How many letters there are", 0, 1_000_000).withDefault(5);
  static final Option<String> COLOR =
      Option.oneOf("color", "The color of the letters", "red", "blue").shaping();
  static final Option<String> TAGS = Option.text("tags", "Any words").shaping();
  static final Option<Duration> PAUSE =
      Option.seconds("pause_seconds", "Waits this long before every letter but the first")
          .withDefault(Duration.ZERO)
          .pacing();

  private static final Pattern SHELF = Pattern.compile("shelf-[0-9]+");

  @Override
  public String name() {
    return "letters";
  }

  @Override
  public String description() {
    return "Letters of the alphabet, made up";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return List.of(TOKEN, COUNT);
  }

  @Override
  public List<TableSpec> tables() {
    return Stream.concat(
            Letters.TABLES.stream().map(name -> TableSpec.of(name, Letters.METADATA)),
            Stream.of(TableSpec.others("shelf", SHELF, Letters.METADATA)))
        .map(spec -> spec.takes(COLOR, TAGS, PAUSE))
        .toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new Letters(context);
  }
}
