package dev.sluice.runtime.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import java.time.Instant;
import java.util.List;

/** The report on an invocation, table by table in the order of the pipeline. */
public record InvocationReport(
    String pipeline, String runId, Instant startedAt, List<TableReport> tables) {

  public InvocationReport {
    tables = List.copyOf(tables);
  }

  /**
   * Tells whether the process met no error, such as a full heap, that makes it unfit for another
   * run.
   */
  public boolean leavesProcessUsable() {
    return tables.stream().noneMatch(TableReport::isFatal);
  }

  /** Returns the report as scripts read it, on one line. */
  public String json() {
    ObjectNode json =
        JsonText.object()
            .put("pipeline", pipeline)
            .put("run_id", runId)
            .put("started_at", startedAt.toString());
    var list = json.putArray("tables");
    tables.forEach(table -> list.add(table.json()));
    return json.toString();
  }
}
