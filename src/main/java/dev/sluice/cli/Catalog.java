package dev.sluice.cli;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a connector for what it knows about its tables without a source. */
final class Catalog {

  /** Keeps a connector from calling a source that is not there. */
  private static final RequestListener NO_REQUESTS =
      new RequestListener() {
        @Override
        public void requestSent() {
          throw ConnectorException.configuration("There is no source to ask");
        }
      };

  private Catalog() {}

  /** The tables and, where the connector knows it by itself, how they are ingested. */
  static Optional<Map<String, Optional<TableMetadata>>> of(
      ConnectorProvider provider, InstantSource clock) {
    var context =
        new ConnectorContext(
            stopgaps(provider.connectionOptions()),
            clock.instant(),
            Deadline.after(Duration.ZERO, clock),
            clock,
            NO_REQUESTS);
    try (SourceConnector connector = provider.create(context)) {
      var options = stopgaps(provider.tableOptions());
      var tables = new LinkedHashMap<String, Optional<TableMetadata>>();
      for (String name : connector.listTables()) {
        tables.put(name, metadata(connector, Table.named(name).with(options)));
      }
      return Optional.of(tables);
    } catch (RuntimeException e) {
      return Optional.empty(); // it needs its source, or real options, to tell
    }
  }

  private static Optional<TableMetadata> metadata(SourceConnector connector, Table table) {
    try {
      return Optional.of(connector.metadata(table));
    } catch (RuntimeException e) {
      return Optional.empty(); // likewise
    }
  }

  private static Options stopgaps(List<Option<?>> options) {
    var values = new TreeMap<String, String>();
    options.stream()
        .filter(Option::isRequired)
        .forEach(option -> values.put(option.name(), stopgap(option.type())));
    return Options.of(values);
  }

  private static String stopgap(String type) {
    return switch (type) {
      case "url" -> "https://localhost";
      case "number", "seconds" -> "1";
      case "timestamp" -> "2000-01-01T00:00:00Z";
      default -> type.startsWith("one of ") ? type.replaceAll("^one of |,.*", "") : "none";
    };
  }
}
