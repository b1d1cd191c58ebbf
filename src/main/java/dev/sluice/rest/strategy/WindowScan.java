package dev.sluice.rest.strategy;

import dev.sluice.rest.strategy.WindowScanMemory.Version;
import dev.sluice.rest.strategy.WindowScanOffset.Scan;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
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
 * <p>A window ends at the millisecond in which the invocation that opened it began. Records that
 * become visible later with an earlier date are found by the next scan, when they are within the
 * lookback. Of the records that scan meets again, as many as an offset can remember are not
 * delivered again. Records dated after the window are delivered when a page holds them, because
 * they may change again before each scan; no window moves for them.
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
  private final Source source;
  private final List<String> identity;
  private final Duration lookback;

  private WindowScan(
      ConnectorContext context, Source source, List<String> identity, Duration lookback) {
    this.context = context;
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
   */
  public static WindowScan of(
      ConnectorContext context, Source source, List<String> identity, Duration lookback) {
    return new WindowScan(context, source, List.copyOf(identity), lookback);
  }

  /** Continues from {@code start} until the microbatch is full or the scan has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Optional<WindowScanOffset> position = start.as(WindowScanOffset.class);
    Optional<Instant> done = position.map(WindowScanOffset::until).map(Instant::parse);
    Optional<Scan> pending = position.map(WindowScanOffset::scan);
    // a record may still be written with a timestamp of the millisecond that has begun
    Instant now = context.startedAt().truncatedTo(ChronoUnit.MILLIS);
    if (pending.isEmpty() && done.isPresent() && !done.get().isBefore(now)) {
      return start;
    }
    Scan scan =
        pending.orElseGet(
            () -> Scan.begin(new TimeWindow(done.map(value -> value.minus(lookback)), now)));
    var memory = WindowScanMemory.of(position);
    return drain(new Walk(scan, memory.copy()), start, done, memory, out);
  }

  private Offset drain(
      Walk walk, Offset start, Optional<Instant> done, WindowScanMemory memory, RecordEmitter out) {
    Optional<Step> last = Optional.empty();
    try (var steps = new ReadAhead<>(walk::next)) {
      do {
        Optional<Step> step = steps.next();
        if (step.isEmpty()) {
          break;
        }
        step.get().records().forEach(out::emit);
        remember(step.get().met(), walk.window, memory);
        last = step;
      } while (out.wantsMore());
    } catch (ConnectorException e) {
      if (last.isEmpty()) {
        throw e;
      }
      // keep what was read; the next read meets the error again
    }
    return last.map(step -> position(walk.window, step.next(), done, memory)).orElse(start);
  }

  private void remember(List<Version> met, TimeWindow window, WindowScanMemory memory) {
    met.forEach(version -> memory.add(version, window.until(), kept(window)));
    memory.shrink();
  }

  /** Returns where the next scan begins. */
  private Instant kept(TimeWindow window) {
    return window.until().minus(lookback);
  }

  private Offset position(
      TimeWindow window, Optional<Scan> next, Optional<Instant> done, WindowScanMemory memory) {
    if (next.isEmpty()) {
      memory.end(window.until(), kept(window));
    }
    return Offset.of(
        new WindowScanOffset(
            next.isPresent() ? done.map(Instant::toString).orElse(null) : window.until().toString(),
            next.orElse(null),
            memory.seen(),
            memory.undated()));
  }

  /**
   * The result of one page.
   *
   * @param met all records on it, known or not
   * @param next where the scan continues after it, empty at its end
   */
  private record Step(List<SourceRecord> records, List<Version> met, Optional<Scan> next) {}

  /** One scan, from a place on. Reads what was delivered before it begins to walk. */
  private final class Walk {
    private final TimeWindow window;
    private final WindowScanMemory known;
    private Optional<Scan> scan;

    Walk(Scan scan, WindowScanMemory known) {
      this.window = scan.window();
      this.known = known;
      this.scan = Optional.of(scan);
    }

    Optional<Step> next() {
      return scan.map(this::step);
    }

    private Step step(Scan current) {
      WindowScanPage page = source.page(window, Optional.ofNullable(current.place()));
      scan = page.next().map(current::at);
      List<SourceRecord> news = new ArrayList<>();
      List<Version> met = new ArrayList<>();
      for (SourceRecord record : page.records()) {
        var version = Version.of(record, source.date(record), identity);
        met.add(version);
        if (!known.knows(version)) {
          news.add(record);
        }
      }
      return new Step(news.isEmpty() ? news : source.complete(window, news), met, scan);
    }
  }
}
