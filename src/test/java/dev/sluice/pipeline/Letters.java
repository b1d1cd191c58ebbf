package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Tables that work ({@code letters}) and tables that fail, each in its own way; two letters make a
 * microbatch.
 */
final class Letters implements SourceConnector {
  static final List<String> TABLES =
      List.of("broken", "bug", "denied", "letters", "limited", "misconfigured", "unavailable");
  static final TableMetadata METADATA = TableMetadata.cdc(PrimaryKey.of("id"), "id");

  private final ConnectorContext context;

  Letters(ConnectorContext context) {
    this.context = context;
  }

  record Position(int next) {}

  @Override
  public List<String> listTables() {
    return TABLES;
  }

  @Override
  public Schema schema(Table table) {
    require(table);
    return Schema.of(
        Field.required("id", Primitive.LONG), Field.optional("letter", Primitive.STRING));
  }

  @Override
  public TableMetadata metadata(Table table) {
    require(table);
    return METADATA;
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    require(table);
    return switch (table.name()) {
      case "broken" -> throw ConnectorException.protocol("The answer is 42");
      case "bug" -> throw new IllegalStateException("planted");
      case "denied" -> throw ConnectorException.accessDenied("The source refused the token");
      case "limited" ->
          throw ConnectorException.rateLimited(
              "Too many requests", Instant.parse("2099-01-01T00:00:00Z"));
      case "misconfigured" -> throw ConnectorException.configuration("There is no such shelf");
      case "unavailable" -> throw ConnectorException.transientFailure("The source is down");
      default -> letters(table, start, out);
    };
  }

  private Offset letters(Table table, Offset start, RecordEmitter out) {
    int first = start.as(Position.class).map(Position::next).orElse(0);
    int count = context.options().get(LettersProvider.COUNT);
    Duration pause = table.options().get(LettersProvider.PAUSE);
    int next = first;
    while (next < count && next < first + 2 && (next == first || out.wantsMore())) {
      if (next > 0 && !pause.isZero()) {
        context.listener().retryPending("pausing as told", pause);
        LockSupport.parkNanos(pause.toNanos());
      }
      out.emit(
          SourceRecord.of(
              "{\"id\": %d, \"letter\": \"%s\"}".formatted(next, (char) ('a' + next % 26))));
      next++;
    }
    return next == first ? start : Offset.of(new Position(next));
  }

  private static void require(Table table) {
    if (!TABLES.contains(table.name())) {
      throw ConnectorException.configuration(
          "Unknown table '%s'; known are %s".formatted(table.name(), TABLES));
    }
  }
}
