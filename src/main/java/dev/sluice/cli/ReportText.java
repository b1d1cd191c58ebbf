package dev.sluice.cli;

import dev.sluice.cli.Grid.Side;
import dev.sluice.runtime.InvocationReport;
import dev.sluice.runtime.Outcome;
import dev.sluice.runtime.TableReport;
import java.util.ArrayList;
import java.util.List;

/** An invocation's report as people read it. */
final class ReportText {

  private ReportText() {}

  static List<String> lines(InvocationReport report, Palette palette) {
    var grid =
        Grid.of(
            Side.LEFT,
            Side.LEFT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT,
            Side.RIGHT);
    grid.row(
        "TABLE", "OUTCOME", "RECORDS", "DELETES", "BATCHES", "SIZE", "REQUESTS", "LAG", "TIME");
    for (TableReport table : report.tables()) {
      grid.row(
          table.as(),
          outcome(table, palette),
          Amounts.count(table.records()),
          Amounts.count(table.deletes()),
          Amounts.count(table.batches()),
          Amounts.bytes(table.bytes()),
          Amounts.count(table.requests()),
          table.lag().map(Amounts::time).orElse(""),
          Amounts.time(table.duration()));
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
