package dev.sluice.cli.terminal;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.TableReport;
import java.time.Duration;
import java.util.Locale;

/** Formats progress in words. */
public final class ProgressText {
  private static final String GAP = "  ";

  private ProgressText() {}

  static String of(Progress progress, Duration elapsed) {
    var text = new StringBuilder(progress.as());
    text.append(progress.flow() == Flow.DELETES ? " (deletes)" : "").append(GAP);
    text.append(HumanFormat.counted(progress.records(), "record", "records")).append(GAP);
    if (elapsed.toMillis() >= 1000) {
      text.append(HumanFormat.count(progress.records() * 1000 / elapsed.toMillis()))
          .append("/s")
          .append(GAP);
    }
    text.append(HumanFormat.counted(progress.batches(), "batch", "batches"));
    progress.reached().get().place().ifPresent(place -> text.append(GAP).append(printable(place)));
    progress.lag().ifPresent(lag -> text.append(GAP).append("lag ").append(HumanFormat.time(lag)));
    return text.append(GAP)
        .append(HumanFormat.time(progress.budgetLeft()))
        .append(" left")
        .toString();
  }

  static String waiting(String reason, Duration left) {
    return "waiting " + HumanFormat.time(left) + ": " + printable(reason);
  }

  static String warning(String message) {
    return "warning: " + printable(message);
  }

  /**
   * Returns the text on one line, without characters by which a source could control a terminal or
   * the order in which it shows letters.
   */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }

  static String finished(TableReport report) {
    var text = new StringBuilder(report.as()).append(": ").append(outcome(report));
    text.append(", ").append(HumanFormat.counted(report.records(), "record", "records"));
    if (report.deletes() > 0) {
      text.append(", ").append(HumanFormat.counted(report.deletes(), "delete", "deletes"));
    }
    return text.append(" in ").append(HumanFormat.time(report.duration())).toString();
  }

  static String outcome(TableReport report) {
    return report.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
