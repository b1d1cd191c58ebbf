package dev.sluice.rest.strategy;

import dev.sluice.rest.strategy.WindowScanMemory.Version;
import dev.sluice.rest.strategy.WindowScanOffset.Sweep;
import dev.sluice.rest.walk.ReadAhead;
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
 * Reads a table by sweeps, for cdc tables of a source whose lists keep an order that no change
 * disturbs, such as that of a key, but none by time. A sweep goes through all that changed within a
 * window; the first one through everything. It can stop behind every page, whatever the timestamps
 * are, and the window moves on only when its sweep has ended.
 *
 * <p>A window ends at the millisecond in which the invocation began that opened it. What becomes
 * visible later, with an earlier date, is found by the next sweep when it lies within the lookback;
 * of what that sweep meets again, as much as an offset can remember is not delivered again. What a
 * page holds that is dated after the window is delivered, too, as it may change again before each
 * sweep; no window moves on for that.
 */
public final class WindowScan {

  /** The pages of one table. Called from a thread of its own. */
  public interface Source {

    /**
     * The records dated within a window, or some more.
     *
     * @param place the page before's {@code next}; empty for the first page of a sweep
     */
    WindowScanPage page(TimeWindow window, Optional<String> place);

    /**
     * The date that windows are about. A record without one is delivered unless the last sweep met
     * it as it is; of more than an offset can remember, the rest is delivered by every sweep.
     */
    Optional<Instant> date(SourceRecord record);

    /** Called with the records that are new: what is to be delivered of them. */
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
   * @param identity the fields that tell records of the same date apart
   * @param lookback how far before the end of the last window each invocation looks for late
   *     records
   */
  public static WindowScan of(
      ConnectorContext context, Source source, List<String> identity, Duration lookback) {
    return new WindowScan(context, source, List.copyOf(identity), lookback);
  }

  /** Goes on from {@code start} until the microbatch is full or the sweep has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Optional<WindowScanOffset> position = start.as(WindowScanOffset.class);
    Optional<Instant> done = position.map(WindowScanOffset::until).map(Instant::parse);
    Optional<Sweep> pending = position.map(WindowScanOffset::sweep);
    // a record may still be written with a timestamp of the millisecond that has begun
    Instant now = context.startedAt().truncatedTo(ChronoUnit.MILLIS);
    if (pending.isEmpty() && done.isPresent() && !done.get().isBefore(now)) {
      return start;
    }
    Sweep sweep =
        pending.orElseGet(
            () -> Sweep.begin(new TimeWindow(done.map(value -> value.minus(lookback)), now)));
    var memory = WindowScanMemory.of(position);
    return drain(new Walk(sweep, memory.copy()), start, done, memory, out);
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
      // what was read is kept; the next read meets the error again
    }
    return last.map(step -> position(walk.window, step.next(), done, memory)).orElse(start);
  }

  private void remember(List<Version> met, TimeWindow window, WindowScanMemory memory) {
    met.forEach(version -> memory.add(version, window.until(), kept(window)));
    memory.shrink();
  }

  /** Where the next sweep begins. */
  private Instant kept(TimeWindow window) {
    return window.until().minus(lookback);
  }

  private Offset position(
      TimeWindow window, Optional<Sweep> next, Optional<Instant> done, WindowScanMemory memory) {
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
   * What a page brings.
   *
   * @param met all that lies on it, known or not
   * @param next where the sweep goes on behind it, empty at its end
   */
  private record Step(List<SourceRecord> records, List<Version> met, Optional<Sweep> next) {}

  /** One sweep, from a place on. Knows what was delivered before it begins to walk. */
  private final class Walk {
    private final TimeWindow window;
    private final WindowScanMemory known;
    private Optional<Sweep> sweep;

    Walk(Sweep sweep, WindowScanMemory known) {
      this.window = sweep.window();
      this.known = known;
      this.sweep = Optional.of(sweep);
    }

    Optional<Step> next() {
      return sweep.map(this::step);
    }

    private Step step(Sweep current) {
      WindowScanPage page = source.page(window, Optional.ofNullable(current.place()));
      sweep = page.next().map(current::at);
      List<SourceRecord> news = new ArrayList<>();
      List<Version> met = new ArrayList<>();
      for (SourceRecord record : page.records()) {
        var version = Version.of(record, source.date(record), identity);
        met.add(version);
        if (!known.knows(version)) {
          news.add(record);
        }
      }
      return new Step(news.isEmpty() ? news : source.complete(window, news), met, sweep);
    }
  }
}
