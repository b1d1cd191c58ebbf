package dev.sluice.functions;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.NudgeQueue;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.event.EventMessages.Message;
import dev.sluice.functions.event.EventMessages.Receipt;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.log.LogLines;
import dev.sluice.functions.log.PlatformInvocation;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The messages of a queue that an invocation has taken.
 *
 * <p>The queue hides them for six times the function's timeout, as AWS wants it; and a FIFO queue
 * hands out nothing of a table meanwhile. Left at that, one failure or one killed process would
 * stop a table for an hour and a half. So they are hidden for as long as the invocation may take,
 * and those that it failed at for a wait that doubles each time they come.
 *
 * <p>Does nothing for messages of queues that the environment does not name. Whatever goes wrong is
 * logged: then they stay hidden for longer, and nothing is lost.
 */
final class MessageVisibility implements AutoCloseable {
  /** Until the platform has certainly ended the invocation. */
  private static final Duration BEYOND_THE_END = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Deployment deployment;
  private final TimeLimit time;
  private final List<String> urls;
  private final Optional<SqsClient> client;

  private record Hiding(String url, Duration pause) {}

  /** Hides the messages for as long as the invocation may take. */
  MessageVisibility(Deployment deployment, TimeLimit time, List<Message> messages) {
    var settings = new FunctionSettings(deployment.variables());
    this.deployment = deployment;
    this.time = time;
    this.urls =
        List.of("SLUICE_QUEUE_URL", "SLUICE_RESUME_QUEUE_URL").stream()
            .flatMap(name -> settings.find(name).stream())
            .toList();
    this.client =
        messages.stream().anyMatch(message -> url(message).isPresent())
            ? Optional.of(new AwsClients(deployment.variables()).sqs())
            : Optional.empty();
    PlatformInvocation.current()
        .map(invocation -> invocation.remaining().get().plus(BEYOND_THE_END))
        .ifPresent(end -> hide(messages, message -> end));
  }

  /** Lets the queue show what failed again, the sooner the fewer times it has come. */
  void giveBack(List<Message> failed) {
    hide(failed, message -> message.receipt().map(MessageVisibility::pause).orElse(FIRST_WAIT));
  }

  private static Duration pause(Receipt receipt) {
    int doublings = Math.min(receipt.count(), Integer.SIZE) - 1;
    var pause = FIRST_WAIT.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
  }

  private void hide(List<Message> messages, Function<Message, Duration> pause) {
    client.ifPresent(
        sqs -> {
          var receipts = new LinkedHashMap<Hiding, List<String>>();
          for (Message message : messages) {
            url(message)
                .map(url -> new Hiding(url, pause.apply(message)))
                .map(hiding -> receipts.computeIfAbsent(hiding, key -> new ArrayList<>()))
                .ifPresent(list -> list.add(message.receipt().orElseThrow().handle()));
          }
          receipts.forEach((hiding, list) -> hide(sqs, hiding, list));
        });
  }

  private void hide(SqsClient sqs, Hiding hiding, List<String> receipts) {
    try {
      new NudgeQueue(sqs, hiding.url, time::patience).hide(receipts, hiding.pause);
    } catch (ConnectorException e) {
      deployment
          .lines()
          .write(
              LogLevel.WARN,
              "Messages stay hidden for as long as their queue says",
              PlatformInvocation.current(),
              line -> LogLines.error(line, e));
    }
  }

  /** Of the queue that the message is of, when it is one of ours. */
  private Optional<String> url(Message message) {
    return message
        .receipt()
        .flatMap(
            receipt ->
                urls.stream().filter(url -> url.endsWith("/" + receipt.queue())).findFirst());
  }

  @Override
  public void close() {
    client.ifPresent(SqsClient::close);
  }
}
