package dev.sluice.aws;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue of messages that ask for a sync. */
public final class NudgeQueue {
  /** The longest that a standard queue holds a message back. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final SqsClient client;
  private final String url;
  private final Supplier<Duration> patience;

  /**
   * @param patience how long one message may take to be sent, all attempts together
   */
  public NudgeQueue(SqsClient client, String url, Supplier<Duration> patience) {
    this.client = client;
    this.url = url;
    this.patience = patience;
  }

  /**
   * Sends to a FIFO queue.
   *
   * @param group messages of one group are worked on one after the other
   * @param deduplication a second message with it is dropped for five minutes
   */
  public void send(String body, String group, String deduplication) {
    client.sendMessage(
        request ->
            request
                .queueUrl(url)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(deduplication)
                .overrideConfiguration(limits -> limits.apiCallTimeout(patience.get())));
  }

  /**
   * Sends to a standard queue, which shows the message after the delay.
   *
   * @param delay whole seconds, at most {@link #LONGEST_DELAY}
   */
  public void sendLater(String body, Duration delay) {
    client.sendMessage(
        request ->
            request
                .queueUrl(url)
                .messageBody(body)
                .delaySeconds(Math.toIntExact(delay.toSeconds()))
                .overrideConfiguration(limits -> limits.apiCallTimeout(patience.get())));
  }
}
