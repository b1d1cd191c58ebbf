package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.BatchOutcome.Result;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.event.Event;
import dev.sluice.functions.event.EventMessages;
import dev.sluice.functions.event.EventMessages.Batch;
import dev.sluice.functions.event.EventMessages.Single;
import dev.sluice.functions.event.NudgeMessage;
import dev.sluice.functions.event.UntrustedText;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.resume.Resumer;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.functions.run.FunctionAnswers;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Optional;

/** The function of a queue or a bus: syncs the tables that nudges ask for. */
public final class EventFunction {
  private final Deployment deployment;

  EventFunction(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Returns the messages to deliver again for the event of a queue, and the report for any other
   * event.
   *
   * @throws RuntimeException when there is no such response: the event cannot be read, or its one
   *     nudge is not done
   */
  @Funq("event-sync")
  public JsonNode run(Event event) {
    return invoke(event.json()).orThrow();
  }

  FunctionResult invoke(JsonNode event) {
    var time = TimeLimit.ofInvocation();
    var messages = EventMessages.decode(event);
    try (var resumer = Resumer.of(deployment, time, EventFunction::scheduledEvent)) {
      var processor = new NudgeProcessor(deployment, time, resumer);
      return switch (messages) {
        case Batch batch -> batch(batch.messages(), processor, time);
        case Single single -> single(single, processor);
      };
    }
  }

  /** Returns the event of a schedule for one table, because each table has its own time. */
  private static String scheduledEvent(Resumption resumption) {
    return resumption.nudge(resumption.tables().getFirst(), Optional.empty()).json();
  }

  private FunctionResult batch(
      List<NudgeMessage> messages, NudgeProcessor processor, TimeLimit time) {
    try (var visibility = MessageVisibility.of(deployment, time, messages)) {
      visibility.hideDuringInvocation(messages);
      var outcome = processor.process(messages).inGroupOrder();
      var failed = outcome.failed();
      failed.forEach(this::log);
      visibility.showAgain(failed.stream().map(Result::message).toList());
      return new FunctionResult(
          FunctionAnswers.failedItems(
              failed.stream().map(result -> result.message().id()).toList()),
          outcome.reports(),
          outcome.problems(),
          Optional.empty());
    }
  }

  private static FunctionResult single(Single single, NudgeProcessor processor) {
    var outcome = processor.process(List.of(NudgeMessage.of(single.nudge())));
    JsonNode answer =
        outcome.reports().stream()
            .findFirst()
            .map(FunctionAnswers::of)
            .orElseGet(() -> FunctionAnswers.failedItems(List.of()));
    return new FunctionResult(
        answer,
        outcome.reports(),
        outcome.problems(),
        outcome.failed().stream().flatMap(result -> result.reason().stream()).findFirst());
  }

  private void log(Result failed) {
    deployment
        .lines()
        .write(
            LogLevel.WARN,
            "Message returned to the queue",
            line ->
                line.put("message_id", UntrustedText.excerpt(failed.message().id()))
                    .put("reason", failed.reason().orElse("")));
  }
}
