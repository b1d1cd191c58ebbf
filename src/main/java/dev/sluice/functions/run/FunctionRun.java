package dev.sluice.functions.run;

import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.log.InvocationLog;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.PipelineTable;
import java.time.Duration;
import java.util.List;

/**
 * A run of a pipeline that a function made.
 *
 * @param log where what follows from the run is said
 */
public record FunctionRun(InvocationReport report, InvocationLog log) {

  public static FunctionRun of(
      Deployment deployment, Pipeline pipeline, List<PipelineTable> tables, Duration budget) {
    String runId = deployment.runIds().get();
    var log =
        new InvocationLog(
            deployment.lines(), deployment.variables(), deployment.clock(), pipeline.name(), runId);
    try {
      var report =
          PipelineContext.begin(pipeline, budget, deployment.variables(), deployment.clock())
              .sync(tables, log, deployment.cancellation(), runId);
      log.finished(report);
      return new FunctionRun(report, log);
    } catch (RuntimeException e) {
      // A queue is answered all the same: without these metrics, no alarm would tell.
      log.notBegun(tables, e);
      throw e;
    }
  }
}
