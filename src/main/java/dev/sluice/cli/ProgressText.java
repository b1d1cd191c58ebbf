package dev.sluice.cli;

import dev.sluice.runtime.Flow;
import dev.sluice.runtime.Progress;
import dev.sluice.runtime.TableReport;
import java.time.Duration;
import java.util.Locale;

/** Progress in words. */
final class ProgressText {
  private static final String GAP = "  ";

  private ProgressText() {}

  static String of(Progress progress, Duration elapsed) {
    var text = new StringBuilder(progress.as());
    text.append(progress.flow() == Flow.DELETES ? " (deletes)" : "").append(GAP);
    text.append(Amounts.counted(progress.records(), "record", "records")).append(GAP);
    if (elapsed.toMillis() >= 1000) {
      text.append(Amounts.count(progress.records() * 1000 / elapsed.toMillis()))
          .append("/s")
          .append(GAP);
    }
    text.append(Amounts.counted(progress.batches(), "batch", "batches"));
    progress
        .cursor()
        .ifPresent(cursor -> text.append(GAP).append("cursor ").append(printable(cursor)));
    progress.lag().ifPresent(lag -> text.append(GAP).append("lag ").append(Amounts.time(lag)));
    return text.append(GAP).append(Amounts.time(progress.budgetLeft())).append(" left").toString();
  }

  static String waiting(String reason, Duration left) {
    return "waiting " + Amounts.time(left) + ": " + printable(reason);
  }

  static String warning(String message) {
    return "warning: " + printable(message);
  }

  /** On one line, and without what a source could do to a terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  static String finished(TableReport report) {
    var text = new StringBuilder(report.as()).append(": ").append(outcome(report));
    text.append(", ").append(Amounts.counted(report.records(), "record", "records"));
    if (report.deletes() > 0) {
      text.append(", ").append(Amounts.counted(report.deletes(), "delete", "deletes"));
    }
    return text.append(" in ").append(Amounts.time(report.duration())).toString();
  }

  static String outcome(TableReport report) {
    return report.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
