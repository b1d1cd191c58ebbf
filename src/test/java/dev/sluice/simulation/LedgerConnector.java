package dev.sluice.simulation;

import dev.sluice.simulation.SourceLedger.Version;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Field;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import dev.sluice.testkit.FixedProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads a {@link SourceLedger} as an honest connector does: by timestamp, page by page, remembering
 * what it has delivered within its lookback. What it asks the source for are points of the plan.
 */
final class LedgerConnector implements SupportsDeletes, DetectsUnchanged {
  /** Records become visible at most so long after their timestamp. */
  static final Duration LATEST = Duration.ofMinutes(5);

  static final Instant BEGINNING = Instant.parse("2026-05-01T12:00:00Z");

  static final String WHETHER_CHANGED = "whether it has changed";

  private final SourceLedger ledger;
  private final Source source;
  private final Instant upTo;
  private final Asking asking;

  /**
   * What the source is like.
   *
   * @param page the most records of an answer
   * @param window the most that one read spans; a window may be empty
   * @param padding makes offsets large
   */
  record Source(
      IngestionType type, int page, Duration window, boolean tellsUnchanged, String padding) {}

  /** How the source is reached. */
  interface Asking {
    <T> T ask(String question, Supplier<T> answer);
  }

  /** Where a read by timestamp goes on, and what was delivered within the lookback. */
  record Position(String cursor, List<String> seen, String padding) {
    Instant reached() {
      return Instant.parse(cursor);
    }
  }

  /** Where a read of everything goes on, and at which change of the source it began. */
  record SnapshotPosition(int after, long changes, String padding) {}

  record DeletesPosition(int after) {}

  private LedgerConnector(SourceLedger ledger, Source source, Instant upTo, Asking asking) {
    this.ledger = ledger;
    this.source = source;
    this.upTo = upTo;
    this.asking = asking;
  }

  static ConnectorProvider provider(SourceLedger ledger, Source source, Asking asking) {
    return new FixedProvider(
        "ledger",
        List.of(TableSpec.toldBySource("ledger")),
        context -> new LedgerConnector(ledger, source, context.startedAt(), asking));
  }

  @Override
  public List<String> listTables() {
    return List.of("ledger");
  }

  @Override
  public Schema schema(Table table) {
    return Schema.of(Field.required("id", DataType.Primitive.LONG));
  }

  @Override
  public TableMetadata metadata(Table table) {
    var key = PrimaryKey.of("id");
    return switch (source.type()) {
      case SNAPSHOT -> TableMetadata.snapshot(key);
      case APPEND -> TableMetadata.append(key, "at");
      case CDC -> TableMetadata.cdc(key, "at");
      case CDC_WITH_DELETES -> TableMetadata.cdcWithDeletes(key, "at");
    };
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    return source.type() == IngestionType.SNAPSHOT ? readAll(start, out) : readNew(start, out);
  }

  private Offset readNew(Offset start, RecordEmitter out) {
    var at =
        start
            .as(Position.class)
            .orElse(new Position(BEGINNING.toString(), List.of(), source.padding()));
    var end = earlier(at.reached().plus(source.window()), upTo);
    var from = at.reached().minus(LATEST);
    var emitted = new ArrayList<Version>();
    var page = page(Optional.empty(), from, end);
    while (true) {
      for (Version version : page) {
        if (!at.seen().contains(seen(version))) {
          out.emit(SourceRecord.of(version.line()));
          emitted.add(version);
        }
      }
      if (page.size() < source.page() || !out.wantsMore()) {
        break;
      }
      page = page(Optional.of(page.getLast()), from, end);
    }
    if (!emitted.isEmpty()) {
      return behind(at, emitted, emitted.getLast().at());
    }
    boolean isLastWindow = page.size() == source.page() || !hasAfter(end);
    return isLastWindow ? start : behind(at, emitted, end);
  }

  /** The records that follow another by timestamp, as they are now. */
  private List<Version> page(Optional<Version> last, Instant from, Instant to) {
    return asking.ask(
        "for records up to " + to,
        () ->
            ledger.living().stream()
                .filter(version -> !version.at().isBefore(from) && !version.at().isAfter(to))
                .sorted(Version.BY_TIME)
                .filter(
                    version -> last.isEmpty() || Version.BY_TIME.compare(version, last.get()) > 0)
                .limit(source.page())
                .toList());
  }

  private boolean hasAfter(Instant end) {
    return end.isBefore(upTo)
        && asking.ask(
            "whether there is more after " + end,
            () ->
                ledger.living().stream()
                    .anyMatch(version -> version.at().isAfter(end) && !version.at().isAfter(upTo)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Offset behind(Position at, List<Version> emitted, Instant reached) {
    Instant cursor = reached.isAfter(at.reached()) ? reached : at.reached();
    String least = cursor.minus(LATEST).toString();
    var seen =
        new TreeSet<>(
            Stream.concat(at.seen().stream(), emitted.stream().map(LedgerConnector::seen))
                .filter(name -> name.compareTo(least) >= 0)
                .toList());
    return Offset.of(new Position(cursor.toString(), List.copyOf(seen), at.padding()));
  }

  /** The timestamp first, so that names compare as timestamps do. */
  private static String seen(Version version) {
    return version.at() + " " + version.name();
  }

  private Offset readAll(Offset start, RecordEmitter out) {
    var at = start.as(SnapshotPosition.class);
    int after = at.map(SnapshotPosition::after).orElse(0);
    long changes = at.map(SnapshotPosition::changes).orElseGet(ledger::changes);
    int last = after;
    List<Version> page;
    do {
      int from = last;
      page =
          asking.ask(
              "for records after " + from,
              () ->
                  ledger.living().stream()
                      .filter(version -> version.id() > from)
                      .limit(source.page())
                      .toList());
      for (Version version : page) {
        out.emit(SourceRecord.of(version.line()));
        last = version.id();
      }
    } while (page.size() == source.page() && out.wantsMore());
    return last == after ? start : Offset.of(new SnapshotPosition(last, changes, source.padding()));
  }

  @Override
  public boolean isUnchanged(Table table, Offset complete) {
    return source.tellsUnchanged()
        && asking.ask(
            WHETHER_CHANGED,
            () ->
                complete
                    .as(SnapshotPosition.class)
                    .filter(read -> read.changes() == ledger.changes())
                    .isPresent());
  }

  @Override
  public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
    int after = start.as(DeletesPosition.class).map(DeletesPosition::after).orElse(0);
    int at = after;
    List<Version> page;
    do {
      int from = at;
      page =
          asking.ask(
              "for deletes after " + from,
              () -> ledger.tombstones().stream().skip(from).limit(source.page()).toList());
      page.forEach(version -> out.emit(SourceRecord.of(version.line())));
      at += page.size();
    } while (page.size() == source.page() && out.wantsMore());
    return at == after ? start : Offset.of(new DeletesPosition(at));
  }
}
