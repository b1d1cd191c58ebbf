package dev.sluice.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Field;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source in memory: tables of numbered entries, read in windows of entry numbers. */
public final class Ledger implements ConnectorProvider {

  /** Behind which entry a read goes on. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Position(int after, @Nullable String remembered, @Nullable Map<String, Integer> parents) {}

  /** Kinds of tables, named as they are. */
  static final Map<String, TableMetadata> TABLES =
      Map.of(
          "append", TableMetadata.append("id"),
          "cdc", TableMetadata.cdc(PrimaryKey.of("id"), "id"),
          "cdc_with_deletes", TableMetadata.cdcWithDeletes(PrimaryKey.of("id"), "id"),
          "snapshot", TableMetadata.snapshot(PrimaryKey.of("id")));

  /** Which entries are meant; all are read in any case. */
  private static final Option<String> SHELF = Option.text("shelf", "Only this shelf").selecting();

  final Map<Integer, String> entries = new TreeMap<>();
  final Map<Integer, String> tombstones = new TreeMap<>();
  final Map<String, Consumer<Offset>> beforeRead = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  int window = 10;
  boolean quietEmission;
  boolean oneWindowPerRead;

  /** Whether the source can say that it has not changed since it was read. */
  boolean tellsUnchanged;

  /** The questions after that. */
  final AtomicInteger questions = new AtomicInteger();

  Consumer<Offset> beforeQuestion = complete -> {};

  /** What the connector warns of in every read. */
  List<String> warnings = List.of();

  private List<String> read = List.of();

  /** What makes offsets large. */
  @Nullable String remembered;

  /** Where each of many parents is, when the table has some. */
  @Nullable Map<String, Integer> parents;

  /** Whether a read begins with a page of records that were delivered before. */
  boolean pageWithoutNews;

  /** Entries 1 to {@code last}, except multiples of {@code hole}. */
  public static Ledger of(int last) {
    var ledger = new Ledger();
    for (int id = 1; id <= last; id++) {
      ledger.put(id, "first");
    }
    return ledger;
  }

  void put(int id, String value) {
    entries.put(id, "{\"id\": %d, \"value\": \"%s\"}".formatted(id, value));
  }

  List<String> lines() {
    return List.copyOf(entries.values());
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String description() {
    return "Numbered entries";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return List.of();
  }

  @Override
  public List<TableSpec> tables() {
    return TABLES.entrySet().stream()
        .map(table -> TableSpec.of(table.getKey(), table.getValue()).takes(SHELF))
        .toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new Connector(context);
  }

  private final class Connector implements SupportsDeletes, DetectsUnchanged {
    private final ConnectorContext context;

    Connector(ConnectorContext context) {
      this.context = context;
    }

    @Override
    public List<String> listTables() {
      return List.copyOf(new TreeSet<>(TABLES.keySet()));
    }

    @Override
    public Schema schema(Table table) {
      return Schema.of(
          Field.required("id", DataType.Primitive.LONG),
          Field.optional("value", DataType.Primitive.STRING));
    }

    @Override
    public TableMetadata metadata(Table table) {
      TableMetadata metadata = TABLES.get(table.name());
      if (metadata == null) {
        throw ConnectorException.configuration("Unknown table '" + table.name() + "'");
      }
      return metadata;
    }

    @Override
    public Offset readTable(Table table, Offset start, RecordEmitter out) {
      reads.incrementAndGet();
      warnings.forEach(context.listener()::warning);
      beforeRead.getOrDefault(table.name(), offset -> {}).accept(start);
      read = lines();
      return read(entries, start, out);
    }

    @Override
    public boolean isUnchanged(Table table, Offset complete) {
      context.listener().requestSent();
      questions.incrementAndGet();
      beforeQuestion.accept(complete);
      return tellsUnchanged && read.equals(lines());
    }

    @Override
    public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
      return read(tombstones, start, out);
    }

    private Offset read(Map<Integer, String> from, Offset start, RecordEmitter out) {
      if (pageWithoutNews && !out.wantsMore()) {
        return start;
      }
      int begin = start.as(Position.class).map(Position::after).orElse(0);
      int last = from.keySet().stream().max(Integer::compare).orElse(0);
      int after = begin;
      do {
        context.listener().requestSent();
        for (int id = after + 1; id <= after + window && id <= last; id++) {
          if (from.containsKey(id)) {
            out.emit(SourceRecord.of(from.get(id)));
          }
        }
        after = Math.min(after + window, last);
      } while (after < last && !oneWindowPerRead && out.wantsMore());
      if (quietEmission && after == begin) {
        out.emit(SourceRecord.of("{\"id\": -1}"));
      }
      return after == begin ? start : Offset.of(new Position(after, remembered, parents));
    }
  }
}
