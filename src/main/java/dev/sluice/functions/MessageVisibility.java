package dev.sluice.functions;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.NudgeQueue;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.event.NudgeMessage;
import dev.sluice.functions.event.NudgeMessage.Receipt;
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
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The visibility timeout of the messages that an invocation has received.
 *
 * <p>A queue hides them for six times the function's timeout, as AWS recommends, and a FIFO queue
 * delivers nothing else of a table meanwhile. With that timeout, one failure or one killed process
 * would stop a table for an hour and a half. So they are hidden for as long as the invocation may
 * take, and those that failed for a wait that doubles with each delivery.
 *
 * <p>Does nothing for messages of queues that the environment does not name. Any error is logged:
 * the messages then stay hidden for longer, and nothing is lost.
 *
 * @param urls of the queues that the environment names
 * @param client empty when no message is from one of them
 */
record MessageVisibility(
    Deployment deployment, TimeLimit time, List<String> urls, Optional<SqsClient> client)
    implements AutoCloseable {
  /** The extra time after which the platform has certainly ended the invocation. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** The messages of a queue that are hidden for the same time. */
  private record Group(String url, Duration timeout) {}

  static MessageVisibility of(Deployment deployment, TimeLimit time, List<NudgeMessage> messages) {
    var settings = new FunctionSettings(deployment.variables());
    var urls =
        Stream.of("SLUICE_QUEUE_URL", "SLUICE_RESUME_QUEUE_URL")
            .flatMap(name -> settings.find(name).stream())
            .toList();
    boolean known = messages.stream().anyMatch(message -> url(message, urls).isPresent());
    return new MessageVisibility(
        deployment,
        time,
        urls,
        known ? Optional.of(new AwsClients(deployment.variables()).sqs()) : Optional.empty());
  }

  /** Hides the messages for as long as the invocation may take. */
  void hideDuringInvocation(List<NudgeMessage> messages) {
    PlatformInvocation.current()
        .map(invocation -> invocation.remaining().get().plus(MARGIN))
        .ifPresent(timeout -> hide(messages, message -> timeout));
  }

  /** Lets the queue deliver the failed messages again, sooner after fewer deliveries. */
  void showAgain(List<NudgeMessage> failed) {
    hide(failed, message -> message.receipt().map(MessageVisibility::pause).orElse(FIRST_WAIT));
  }

  private static Duration pause(Receipt receipt) {
    int doublings = Math.min(receipt.count(), Integer.SIZE) - 1;
    var pause = FIRST_WAIT.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
  }

  private void hide(List<NudgeMessage> messages, Function<NudgeMessage, Duration> timeout) {
    client.ifPresent(
        sqs -> {
          var handles = new LinkedHashMap<Group, List<String>>();
          for (NudgeMessage message : messages) {
            url(message, urls)
                .map(url -> new Group(url, timeout.apply(message)))
                .map(group -> handles.computeIfAbsent(group, key -> new ArrayList<>()))
                .ifPresent(list -> list.add(message.receipt().orElseThrow().handle()));
          }
          handles.forEach((group, list) -> hide(sqs, group, list));
        });
  }

  private void hide(SqsClient sqs, Group group, List<String> handles) {
    try {
      new NudgeQueue(sqs, group.url, time::patience).hide(handles, group.timeout);
    } catch (ConnectorException e) {
      deployment
          .lines()
          .write(
              LogLevel.WARN,
              "Could not change message visibility",
              line -> LogLines.error(line, e));
    }
  }

  /** Returns the URL of the message's queue, when it is one of these. */
  private static Optional<String> url(NudgeMessage message, List<String> urls) {
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
