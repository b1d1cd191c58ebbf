package dev.sluice.cli.terminal;

import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.TableReport;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A progress display for log files that writes a line now and then, never a control character. */
final class ProgressLines implements ProgressDisplay {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintStream err;
  private final InstantSource clock;
  private Instant started = Instant.EPOCH;
  private Instant written = Instant.EPOCH;

  ProgressLines(PrintStream err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public synchronized void tableStarted(PipelineTable table) {
    started = clock.instant();
    written = started;
  }

  @Override
  public synchronized void progressed(Progress progress) {
    Instant now = clock.instant();
    if (Duration.between(written, now).compareTo(INTERVAL) >= 0) {
      err.println(ProgressText.of(progress, Duration.between(started, now)));
      written = now;
    }
  }

  @Override
  public synchronized void waiting(String reason, Duration pause) {
    err.println(ProgressText.waiting(reason, pause));
  }

  @Override
  public synchronized void warning(String message) {
    err.println(ProgressText.warning(message));
  }

  @Override
  public synchronized void tableFinished(TableReport report) {
    err.println(ProgressText.finished(report));
  }

  @Override
  public synchronized void close() {
    err.flush();
  }
}
