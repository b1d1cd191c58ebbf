package dev.sluice.testkit;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a check examines: a connector against one table of a stand-in. */
final class Subject {
  static final Duration BUDGET = Duration.ofMinutes(15);

  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final String RETRY_PAUSE = "retry_pause_millis";
  private static final String LOOKBACK_SECONDS = "lookback_seconds";

  private final ConnectorProvider provider;
  private final StandIn source;
  private final StandInTable standIn;
  private final RequestListener listener;
  private final TableMetadata metadata;

  private Subject(
      ConnectorProvider provider,
      StandIn source,
      StandInTable standIn,
      RequestListener listener,
      Optional<TableMetadata> metadata) {
    this.provider = provider;
    this.source = source;
    this.standIn = standIn;
    this.listener = listener;
    this.metadata = metadata.orElseGet(this::askForMetadata);
  }

  static Subject of(ConnectorProvider provider, StandIn source, StandInTable standIn) {
    return new Subject(provider, source, standIn, RequestListener.NONE, Optional.empty());
  }

  /** The same table of another stand-in, which has the same metadata. */
  Subject in(StandIn another) {
    StandInTable table =
        another.tables().stream()
            .filter(candidate -> candidate.name().equals(standIn.name()))
            .findFirst()
            .orElseThrow();
    return new Subject(provider, another, table, listener, Optional.of(metadata));
  }

  Subject with(RequestListener listener) {
    return new Subject(provider, source, standIn, listener, Optional.of(metadata));
  }

  ConnectorProvider provider() {
    return provider;
  }

  StandIn source() {
    return source;
  }

  StandInTable standIn() {
    return standIn;
  }

  Table table() {
    return Table.named(standIn.name()).with(standIn.options());
  }

  /** The table with a lookback, where it takes one. A table may find late records without. */
  Table table(Duration lookback) {
    boolean takesLookback =
        spec().options().stream().anyMatch(option -> option.name().equals(LOOKBACK_SECONDS));
    return takesLookback
        ? Table.named(standIn.name())
            .with(standIn.options().with(LOOKBACK_SECONDS, String.valueOf(lookback.toSeconds())))
        : table();
  }

  Table table(Lookback lookback) {
    return lookback == Lookback.ABSENT ? table() : table(lookback.duration());
  }

  /** Fills the table with a layout that has records of many cursor values and of few. */
  CursorLayout filled() {
    return filled(CursorLayout.acrossBorders(standIn.resolution()));
  }

  CursorLayout filled(CursorLayout layout) {
    standIn.replaceAll(layout.rows());
    return layout;
  }

  boolean isIncremental() {
    return type() != IngestionType.SNAPSHOT;
  }

  boolean isWithDeletes() {
    return type() == IngestionType.CDC_WITH_DELETES;
  }

  /** The layouts in which the table's records can lie, from simple to complex. */
  List<CursorLayout> layouts() {
    List<CursorLayout> all = CursorLayout.all(standIn.resolution());
    return isIncremental() ? all : all.subList(0, 2);
  }

  List<Integer> pageSizes(int... sizes) {
    return standIn.pageSizes() instanceof Ability.No
        ? List.of(Integer.MAX_VALUE)
        : Stream.concat(Stream.of(Integer.MAX_VALUE), Arrays.stream(sizes).boxed()).toList();
  }

  SourceConnector connect(Instant startedAt) {
    return connect(startedAt, source.connection());
  }

  /** As the runtime does: no connector sees options that it has not declared. */
  SourceConnector connect(Instant startedAt, Options options) {
    InstantSource clock = InstantSource.fixed(startedAt);
    options.check(provider.connectionOptions());
    return provider.create(
        new ConnectorContext(
            withoutPauses(options), startedAt, Deadline.after(BUDGET, clock), clock, listener));
  }

  /** Pauses between attempts are another test's subject. */
  private Options withoutPauses(Options options) {
    boolean canPause =
        provider.connectionOptions().stream().anyMatch(o -> o.name().equals(RETRY_PAUSE));
    return canPause ? options.with(RETRY_PAUSE, "0") : options;
  }

  /** As the runtime does, before a table is read. */
  void checkOptions(Table table) {
    table.options().check(spec().options());
  }

  /** What the provider declares of the table. */
  TableSpec spec() {
    return provider.table(standIn.name()).orElseThrow();
  }

  private TableMetadata askForMetadata() {
    try (SourceConnector connector = connect(NOW)) {
      return connector.metadata(table());
    }
  }

  TableMetadata metadata() {
    return metadata;
  }

  IngestionType type() {
    return metadata.type();
  }

  /**
   * When an invocation begins that finds this layout: later than all of it, and between two values
   * that the cursor can have.
   */
  Instant startedAfter(CursorLayout layout) {
    Duration half = standIn.resolution().dividedBy(2);
    return layout.last().plus(Duration.ofHours(2)).plus(standIn.resolution()).plus(half);
  }

  /** The cursor value of something that is written now. */
  Instant stamp(Instant now) {
    long unit = standIn.resolution().toNanos();
    long nanos = Math.floorMod(Duration.between(Instant.EPOCH, now).toNanos(), unit);
    return now.minusNanos(nanos);
  }
}
