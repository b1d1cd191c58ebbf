package dev.sluice.functions.resume;

import dev.sluice.runtime.report.TableReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The instant at which a table that a run left unfinished may continue. */
public final class ResumeTime {
  /** The longest wait. After it the table is tried again, whatever the source promised. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final Duration WITHOUT_ADVICE = Duration.ofMinutes(1);

  private ResumeTime() {}

  /**
   * Returns when the table may continue; empty when it caught up, or failed: resuming does not fix
   * a failure.
   */
  public static Optional<Instant> from(TableReport report, Instant now) {
    return switch (report.outcome()) {
      case CAUGHT_UP, FAILED -> Optional.empty();
      case OUT_OF_TIME -> Optional.of(now);
      // The other run may have started before the new data came: a sync has to start after it.
      case RATE_LIMITED, BUSY ->
          Optional.of(bounded(report.resumeAt().orElse(now.plus(WITHOUT_ADVICE)), now));
    };
  }

  /** Tells whether a wait until then is within the longest wait. */
  public static boolean allows(Instant at, Instant now) {
    return !at.isAfter(now.plus(LONGEST_WAIT));
  }

  private static Instant bounded(Instant at, Instant now) {
    return allows(at, now) ? at : now.plus(LONGEST_WAIT);
  }
}
