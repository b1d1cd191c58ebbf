package dev.sluice.functions.resume;

import dev.sluice.runtime.report.TableReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a table that a run left behind may go on. */
public final class ResumeTime {
  /** Nobody's word is taken for longer: whether it still holds is looked at again. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final Duration WITHOUT_ADVICE = Duration.ofMinutes(1);

  private ResumeTime() {}

  /** Empty when the table caught up, or failed: what fails is not cured by going on. */
  public static Optional<Instant> from(TableReport report, Instant now) {
    return switch (report.outcome()) {
      case CAUGHT_UP, FAILED -> Optional.empty();
      case OUT_OF_TIME -> Optional.of(now);
      // The holder of the lease may have begun before the news: another sync has to start after it.
      case RATE_LIMITED, BUSY ->
          Optional.of(sane(report.resumeAt().orElse(now.plus(WITHOUT_ADVICE)), now));
    };
  }

  /** Whether a wait until then is one of ours; nobody else's is waited out for ever. */
  public static boolean allows(Instant at, Instant now) {
    return !at.isAfter(now.plus(LONGEST_WAIT));
  }

  private static Instant sane(Instant at, Instant now) {
    return allows(at, now) ? at : now.plus(LONGEST_WAIT);
  }
}
