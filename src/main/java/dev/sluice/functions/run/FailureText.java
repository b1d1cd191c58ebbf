package dev.sluice.functions.run;

import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The short reason why an invocation failed; the log and the report have the long one. */
public final class FailureText {
  private static final int LONGEST_PART = 200;
  private static final int MOST_PARTS = 5;

  private FailureText() {}

  /** Returns the reason; empty when nothing failed. */
  public static Optional<String> of(InvocationReport report, List<ConnectorException> problems) {
    var parts = new ArrayList<String>();
    report.tables().stream()
        .filter(table -> table.outcome() == Outcome.FAILED)
        .forEach(table -> parts.add(part(table)));
    problems.forEach(problem -> parts.add(String.valueOf(problem.getMessage())));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var shown = parts.stream().limit(MOST_PARTS).map(FailureText::shorten).toList();
    String more =
        parts.size() > MOST_PARTS ? "; and %d more".formatted(parts.size() - MOST_PARTS) : "";
    return Optional.of(
        "Pipeline '%s', run %s: %s%s"
            .formatted(report.pipeline(), report.runId(), String.join("; ", shown), more));
  }

  /** Returns the part of one table. */
  public static String part(TableReport table) {
    return table
        .error()
        .map(error -> "%s: %s: %s".formatted(table.as(), error.kind().label(), error.message()))
        .orElse(table.as() + ": " + table.outcome());
  }

  private static String shorten(String text) {
    return text.length() > LONGEST_PART ? text.substring(0, LONGEST_PART) + "..." : text;
  }
}
