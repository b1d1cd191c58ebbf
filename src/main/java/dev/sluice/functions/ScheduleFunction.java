package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.config.Pipelines;
import dev.sluice.functions.config.TableSelection;
import dev.sluice.functions.event.Event;
import dev.sluice.functions.event.SyncRequest;
import dev.sluice.functions.resume.Resumer;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
import io.quarkus.funqy.Funq;

/** The function of a schedule: syncs one pipeline, or queues its tables. */
public final class ScheduleFunction {
  private final Deployment deployment;

  ScheduleFunction(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Returns the report, once all tables had their turn.
   *
   * @throws RuntimeException when a table failed, after the others were synced
   */
  @Funq("scheduled-sync")
  public JsonNode run(Event event) {
    return invoke(event.json()).orThrow();
  }

  FunctionResult invoke(JsonNode event) {
    var time = TimeLimit.ofInvocation();
    var request = SyncRequest.decode(event);
    var settings = new FunctionSettings(deployment.variables());
    var fanOut = settings.fanOut();
    Pipeline pipeline = Pipelines.of(deployment).find(request.pipeline());
    var tables = TableSelection.of(pipeline, request.tables());
    return switch (fanOut) {
      case OFF -> {
        try (var resumer =
            Resumer.of(deployment, time, resumption -> resumption.request().json())) {
          yield new SequentialSync(deployment, time, resumer).run(pipeline, tables, request);
        }
      }
      case QUEUE -> TableFanOut.of(deployment, settings, time).queue(pipeline, tables);
    };
  }
}
