package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.event.Event;
import dev.sluice.functions.event.EventMessages;
import dev.sluice.functions.event.EventMessages.Asked;
import dev.sluice.functions.event.EventMessages.Batch;
import dev.sluice.functions.event.EventMessages.Message;
import dev.sluice.functions.event.EventMessages.Single;
import dev.sluice.functions.event.UntrustedText;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.log.PlatformInvocation;
import dev.sluice.functions.run.FunctionAnswers;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import io.quarkus.funqy.Funq;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The function of a queue or a bus: brings the tables up to date that somebody was nudged about.
 */
public final class EventFunction {
  private final Deployment deployment;

  public EventFunction(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Answers a queue with the messages that have to come back, and others with the report.
   *
   * @throws RuntimeException when there is no such answer: the event cannot be read, or its one
   *     nudge is not done
   */
  @Funq("event-sync")
  public JsonNode run(Event event) {
    return invoke(event.json()).orThrow();
  }

  public FunctionResult invoke(JsonNode event) {
    var time = TimeLimit.ofInvocation();
    var decoded = EventMessages.decode(event);
    var runs = new RequestedSyncs(deployment, time);
    return switch (decoded) {
      case Batch batch -> {
        try (var held = new MessageVisibility(deployment, time, batch.messages())) {
          runs.run(batch.messages().stream().map(Message::content).toList());
          var failed = failed(batch.messages(), runs.failures());
          held.giveBack(failed);
          yield new FunctionResult(
              FunctionAnswers.failedItems(failed.stream().map(Message::id).toList()),
              runs.reports(),
              runs.problems(),
              Optional.empty());
        }
      }
      case Single single -> {
        runs.run(List.of(new Asked(single.nudge())));
        yield single(runs);
      }
    };
  }

  private static FunctionResult single(RequestedSyncs runs) {
    JsonNode answer =
        runs.reports().stream()
            .findFirst()
            .map(FunctionAnswers::of)
            .orElseGet(() -> FunctionAnswers.failedItems(List.of()));
    return new FunctionResult(
        answer, runs.reports(), runs.problems(), runs.failures().values().stream().findFirst());
  }

  private List<Message> failed(List<Message> messages, Map<Integer, String> failures) {
    var failedGroups = new HashSet<String>();
    var failed = new ArrayList<Message>();
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      boolean behindFailed = message.group().map(failedGroups::contains).orElse(false);
      if (failures.containsKey(i) || behindFailed) {
        // What comes after it in the group must not be taken out before it.
        message.group().ifPresent(failedGroups::add);
        failed.add(message);
        log(message, Optional.ofNullable(failures.get(i)));
      }
    }
    return failed;
  }

  private void log(Message message, Optional<String> reason) {
    deployment
        .lines()
        .write(
            LogLevel.WARN,
            "Message goes back to the queue",
            PlatformInvocation.current(),
            line ->
                line.put("message_id", UntrustedText.excerpt(message.id()))
                    .put("reason", reason.orElse("An earlier message of its group goes back")));
  }
}
