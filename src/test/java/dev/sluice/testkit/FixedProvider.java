package dev.sluice.testkit;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.util.List;
import java.util.function.Function;

/** A provider without connection options whose connectors a function makes. */
public record FixedProvider(
    String name, List<TableSpec> tables, Function<ConnectorContext, SourceConnector> connectors)
    implements ConnectorProvider {

  @Override
  public String description() {
    return "The connector '" + name + "' of a test";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return List.of();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return connectors.apply(context);
  }
}
