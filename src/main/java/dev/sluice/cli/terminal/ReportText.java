package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.TextTable.Side;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import java.util.ArrayList;
import java.util.List;

/** Formats an invocation's report for people. */
public final class ReportText {

  private ReportText() {}

  public static List<String> lines(InvocationReport report, Palette palette) {
    var grid =
        TextTable.of(
            Side.LEFT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    grid.row(
        "TABLE",
        "OUTCOME",
        "RECORDS",
        "DELETES",
        "BATCHES",
        "SIZE",
        "REQUESTS",
        "LAG",
        "NEWEST",
        "TIME");
    for (TableReport table : report.tables()) {
      grid.row(
          table.as(),
          outcome(table, palette),
          HumanFormat.count(table.records()),
          HumanFormat.count(table.deletes()),
          HumanFormat.count(table.batches()),
          HumanFormat.bytes(table.bytes()),
          HumanFormat.count(table.requests()),
          table.lag().map(HumanFormat::time).orElse(""),
          table.timeliness().newestRecord().map(HumanFormat::time).orElse(""),
          HumanFormat.time(table.duration()));
    }
    var lines = new ArrayList<>(grid.lines());
    for (TableReport table : report.tables()) {
      table
          .error()
          .ifPresent(
              error ->
                  lines.add(
                      "%s: %s: %s"
                          .formatted(
                              table.as(),
                              error.kind().label(),
                              ProgressText.printable(error.message()))));
      table
          .resumeAt()
          // A busy table's error says how long the other run may take.
          .filter(at -> table.outcome() != Outcome.BUSY)
          .ifPresent(
              at -> lines.add("%s: the source asks to wait until %s".formatted(table.as(), at)));
    }
    return lines;
  }

  private static String outcome(TableReport table, Palette palette) {
    String text = ProgressText.outcome(table);
    return switch (table.outcome()) {
      case CAUGHT_UP -> palette.good(text);
      case OUT_OF_TIME, RATE_LIMITED, BUSY -> palette.notable(text);
      case FAILED -> palette.bad(text);
    };
  }
}
