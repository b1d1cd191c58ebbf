package dev.sluice.cli.terminal;

import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.TableReport;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A progress display for a terminal that shows one line for the current table, redrawn several
 * times a second.
 */
final class LiveLine implements ProgressDisplay {
  private static final String CLEAR = "\r\u001b[K";
  private static final long INTERVAL_MILLIS = 250;

  private final PrintStream err;
  private final int width;
  private final InstantSource clock;
  private final ScheduledExecutorService ticks;
  private final ScheduledFuture<?> drawing;
  private String table = "";
  private Instant started = Instant.EPOCH;
  private Optional<Progress> last = Optional.empty();
  private Optional<Wait> wait = Optional.empty();

  private record Wait(String reason, Instant until) {}

  LiveLine(PrintStream err, int width, InstantSource clock) {
    this.err = err;
    this.width = width;
    this.clock = clock;
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());
    this.drawing =
        ticks.scheduleAtFixedRate(
            this::draw, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void tableStarted(PipelineTable table) {
    this.table = table.as();
    started = clock.instant();
    last = Optional.empty();
    wait = Optional.empty();
    show(table.as());
  }

  @Override
  public synchronized void progressed(Progress progress) {
    last = Optional.of(progress);
    wait = Optional.empty();
  }

  @Override
  public synchronized void waiting(String reason, Duration pause) {
    wait = Optional.of(new Wait(reason, clock.instant().plus(pause)));
    draw();
  }

  @Override
  public synchronized void warning(String message) {
    err.println(CLEAR + ProgressText.warning(message));
    draw();
  }

  @Override
  public synchronized void tableFinished(TableReport report) {
    last = Optional.empty();
    wait = Optional.empty();
    err.println(CLEAR + ProgressText.finished(report));
  }

  private synchronized void draw() {
    Instant now = clock.instant();
    wait = wait.filter(pending -> now.isBefore(pending.until()));
    if (wait.isPresent()) {
      var left = Duration.between(now, wait.get().until());
      show(table + "  " + ProgressText.waiting(wait.get().reason(), left));
    } else {
      last.ifPresent(progress -> show(ProgressText.of(progress, Duration.between(started, now))));
    }
  }

  /** Shows the line, cut at the terminal's width: a line that wraps could not be cleared. */
  private void show(String line) {
    err.print(CLEAR + (line.length() < width ? line : line.substring(0, width - 1)));
    err.flush();
  }

  @Override
  public void close() {
    drawing.cancel(false);
    ticks.shutdownNow();
    synchronized (this) {
      last = Optional.empty();
      err.print(CLEAR);
      err.flush();
    }
  }
}
