package dev.sluice.testkit.reference;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads the reference source, with nothing but the contract and the JDK. */
record ReferenceConnector(ConnectorContext context, ReferenceClient client, Bug bug)
    implements SupportsDeletes, DetectsUnchanged {

  @Override
  public List<String> listTables() {
    return ReferenceShape.tables();
  }

  @Override
  public Schema schema(Table table) {
    shape(table);
    return ReferenceShape.SCHEMA;
  }

  @Override
  public TableMetadata metadata(Table table) {
    return shape(table).metadata();
  }

  private ReferenceShape shape(Table table) {
    ReferenceShape shape =
        ReferenceShape.of(table.name())
            .orElseThrow(
                () ->
                    ConnectorException.configuration(
                        "No table '%s'; there are %s"
                            .formatted(table.name(), ReferenceShape.tables())));
    return shape;
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    ReferenceShape shape = shape(table);
    ReferenceClient client = client(table);
    return shape.metadata().type() == IngestionType.SNAPSHOT
        ? new SnapshotRead(client, table.name(), bug).read(start, out)
        : readNews(table, table.name(), start, out);
  }

  @Override
  public boolean isUnchanged(Table table, Offset complete) {
    shape(table);
    try {
      return new SnapshotRead(client(table), table.name(), bug).isUnchanged(complete);
    } catch (ConnectorException e) {
      boolean passes = e.kind() == ConnectorException.Kind.TRANSIENT;
      if (passes && bug == Bug.OUTAGE_TAKEN_FOR_UNCHANGED) {
        return true;
      }
      throw e;
    }
  }

  @Override
  public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
    if (shape(table) != ReferenceShape.ORDERS) {
      throw ConnectorException.configuration(
          "Table '%s' does not tell of deletes; 'orders' does".formatted(table.name()));
    }
    Offset end = readNews(table, table.name() + "/deleted", start, out);
    return bug == Bug.JUMPING_DELETE_CURSOR && !end.equals(start)
        ? Offset.of(new ReferenceOffset(context.startedAt().toString(), Map.of()))
        : end;
  }

  private ReferenceClient client(Table table) {
    return client.with(table.options().get(ReferenceProvider.PAGE_SIZE));
  }

  private Offset readNews(Table table, String path, Offset start, RecordEmitter out) {
    Duration lookback = table.options().get(ReferenceProvider.LOOKBACK);
    return new IncrementalRead(client(table), path, context.startedAt(), lookback, bug)
        .read(start, out);
  }
}
