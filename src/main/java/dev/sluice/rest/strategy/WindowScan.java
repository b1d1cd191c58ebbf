package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.SourceClock;
import dev.sluice.rest.strategy.WindowScanMemory.Version;
import dev.sluice.rest.strategy.WindowScanOffset.Scan;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scans a table by a key within windows of time, for cdc tables of a source whose lists keep an
 * order that no change disturbs, such as that of a key, but cannot sort by time. A scan reads
 * everything that changed within a window; the first one reads everything. It can stop after every
 * page, whatever the timestamps are. The window moves on when its scan has ended.
 *
 * <p>A window ends at the millisecond in which the invocation that opened it began. The next one
 * begins {@code settle_seconds} before that, by our clock or the source's, whichever is behind, and
 * a lookback earlier: records that become visible later with an earlier date are found there. Of
 * the records that scan meets again, as many as an offset can remember are not delivered again.
 * Records dated after the window are delivered when a page holds them, because they may change
 * again before each scan; no window moves for them.
 */
@ConnectorApi
public final class WindowScan {

  /** The pages of one table. Called from a thread of its own. */
  public interface Source {

    /**
     * Returns the records dated within a window, and possibly more.
     *
     * @param place the {@code next} of the page before; empty for the first page of a scan
     */
    WindowScanPage page(TimeWindow window, Optional<String> place);

    /**
     * Returns the date that windows are about. A record without one is delivered unless the last
     * scan met it unchanged; records beyond what an offset can remember are delivered by every
     * scan.
     */
    Optional<Instant> date(SourceRecord record);

    /** Returns what is delivered for the records that are new. */
    default List<SourceRecord> complete(TimeWindow window, List<SourceRecord> records) {
      return records;
    }
  }

  private final ConnectorContext context;
  private final SourceClock clock;
  private final Duration settle;
  private final Source source;
  private final List<String> identity;
  private final Duration lookback;

  private WindowScan(
      ConnectorContext context,
      SourceClock clock,
      Duration settle,
      Source source,
      List<String> identity,
      Duration lookback) {
    this.context = context;
    this.clock = clock;
    this.settle = settle;
    this.source = source;
    this.identity = identity;
    this.lookback = lookback;
  }

  /**
   * Reads a source.
   *
   * @param identity the fields that identify a record among those of one date
   * @param lookback how far before the end of the last window each invocation looks for late
   *     records
   * @param options the table's; {@code settle_seconds} is taken from them
   */
  public static WindowScan of(
      ConnectorContext context,
      ApiClient api,
      Source source,
      List<String> identity,
      Duration lookback,
      Options options) {
    return of(context, api.clock(), source, identity, lookback, options);
  }

  static WindowScan of(
      ConnectorContext context,
      SourceClock clock,
      Source source,
      List<String> identity,
      Duration lookback,
      Options options) {
    Duration settle = options.get(Incremental.SETTLE_SECONDS);
    return new WindowScan(context, clock, settle, source, List.copyOf(identity), lookback);
  }

  /** Continues from {@code start} until the microbatch is full or the scan has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Optional<WindowScanOffset> position = start.as(WindowScanOffset.class);
    Optional<Instant> done = position.map(WindowScanOffset::until).map(Instant::parse);
    Optional<Scan> pending = position.map(WindowScanOffset::scan);
    Instant startedAt = context.startedAt();
    if (pending.isEmpty()
        && position.filter(old -> startedAt.toString().equals(old.run())).isPresent()) {
      return start;
    }
    // a record may still be written with a timestamp of the millisecond that has begun
    Instant now = startedAt.truncatedTo(ChronoUnit.MILLIS);
    if (pending.isEmpty() && done.isPresent() && !done.get().isBefore(now)) {
      return start;
    }
    Scan scan =
        pending.orElseGet(
            () -> Scan.begin(new TimeWindow(done.map(value -> value.minus(lookback)), now)));
    var memory = WindowScanMemory.of(position);
    return drain(new Walk(scan, memory.copy()), done, memory, out);
  }

  private Offset drain(
      Walk walk, Optional<Instant> done, WindowScanMemory memory, RecordEmitter out) {
    try (var steps = new ReadAhead<>(walk::next)) {
      while (true) {
        Step step = steps.next().orElseThrow();
        step.records().forEach(out::emit);
        Instant kept = step.scan().settledAt().minus(lookback);
        step.met().forEach(version -> memory.add(version, walk.window.until(), kept));
        memory.shrink();
        if (step.isLast()) {
          memory.end(walk.window.until(), kept);
          return ended(step.scan(), memory);
        }
        Offset reached = underWay(step.scan(), done, memory);
        out.mark(reached);
        if (!out.wantsMore()) {
          return reached;
        }
      }
    }
  }

  private static Offset underWay(Scan scan, Optional<Instant> done, WindowScanMemory memory) {
    String until = done.map(Instant::toString).orElse(null);
    return Offset.of(new WindowScanOffset(until, null, scan, memory.seen(), memory.undated()));
  }

  private Offset ended(Scan scan, WindowScanMemory memory) {
    return Offset.of(
        new WindowScanOffset(
            scan.settledAt().toString(),
            context.startedAt().toString(),
            null,
            memory.seen(),
            memory.undated()));
  }

  private Instant settled(TimeWindow window) {
    return clock.earliest(window.until()).minus(settle);
  }

  /**
   * The result of one page.
   *
   * @param met all records on it, known or not
   * @param scan where it stands after the page
   */
  private record Step(List<SourceRecord> records, List<Version> met, Scan scan, boolean isLast) {}

  /** One scan, from a place on. Reads what was delivered before it begins to walk. */
  private final class Walk {
    private final TimeWindow window;
    private final WindowScanMemory known;
    private Scan scan;
    private boolean isLast;

    Walk(Scan scan, WindowScanMemory known) {
      this.window = scan.window();
      this.known = known;
      this.scan = scan;
    }

    Optional<Step> next() {
      return isLast ? Optional.empty() : Optional.of(step());
    }

    private Step step() {
      WindowScanPage page = source.page(window, Optional.ofNullable(scan.place()));
      scan = scan.settledAt(settled(window));
      scan = page.next().map(scan::at).orElse(scan);
      isLast = page.next().isEmpty();
      List<SourceRecord> news = new ArrayList<>();
      List<Version> met = new ArrayList<>();
      for (SourceRecord record : page.records()) {
        var version = Version.of(record, source.date(record), identity);
        met.add(version);
        if (!known.knows(version)) {
          news.add(record);
        }
      }
      return new Step(news.isEmpty() ? news : source.complete(window, news), met, scan, isLast);
    }
  }
}
