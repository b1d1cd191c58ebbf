package dev.sluice.functions;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.NudgeQueue;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.event.MessageGroup;
import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The step that sends a nudge for each table instead of syncing it, so that tables are synced in
 * parallel.
 */
record TableFanOut(Deployment deployment, String url, TimeLimit time) {

  static TableFanOut of(Deployment deployment, FunctionSettings settings, TimeLimit time) {
    return new TableFanOut(
        deployment, settings.require("SLUICE_QUEUE_URL", "SLUICE_FAN_OUT=queue"), time);
  }

  FunctionResult queue(Pipeline pipeline, List<PipelineTable> tables) {
    String runId = deployment.runIds().get();
    var queued = JsonText.object().put("pipeline", pipeline.name());
    var names = queued.putArray("queued");
    var problems = new ArrayList<ConnectorException>();
    try (var client = new AwsClients(deployment.variables()).sqs()) {
      var queue = new NudgeQueue(client, url, time::patience);
      for (int i = 0; i < tables.size(); i++) {
        String table = tables.get(i).as();
        try {
          // With an id made of the content, a queue would drop the next run's nudges as duplicates.
          queue.send(
              nudge(pipeline, table),
              MessageGroup.of(pipeline.destination(tables.get(i))),
              runId + "-" + i);
          names.add(table);
        } catch (RuntimeException e) {
          problems.add(FunctionResult.problem(e).at("Table %s was not queued".formatted(table)));
        }
      }
    }
    deployment
        .lines()
        .write(
            LogLevel.INFO,
            "Tables queued",
            line ->
                line.put("pipeline", pipeline.name())
                    .put("run_id", runId)
                    .put("tables", names.size()));
    return new FunctionResult(queued, List.of(), problems, failure(pipeline, problems));
  }

  private static String nudge(Pipeline pipeline, String table) {
    return new Nudge(pipeline.name(), table, Optional.empty(), 0, Optional.empty()).json();
  }

  private static Optional<String> failure(Pipeline pipeline, List<ConnectorException> problems) {
    return problems.stream()
        .findFirst()
        .map(
            first ->
                "Pipeline '%s': %d tables were not queued; the first: %s"
                    .formatted(pipeline.name(), problems.size(), first.getMessage()));
  }
}
