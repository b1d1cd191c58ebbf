package dev.sluice.aws;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A queue of messages that ask for a sync. Throws a {@link dev.sluice.spi.ConnectorException} that
 * says why a message could not be sent.
 */
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
    send(
        request ->
            request.messageBody(body).messageGroupId(group).messageDeduplicationId(deduplication));
  }

  /**
   * Sends to a standard queue, which shows the message after the delay.
   *
   * @param delay whole seconds, at most {@link #LONGEST_DELAY}
   */
  public void sendLater(String body, Duration delay) {
    send(request -> request.messageBody(body).delaySeconds(Math.toIntExact(delay.toSeconds())));
  }

  private void send(Consumer<SendMessageRequest.Builder> message) {
    var request =
        SendMessageRequest.builder()
            .queueUrl(url)
            .overrideConfiguration(limits -> limits.apiCallTimeout(patience.get()));
    message.accept(request);
    try {
      client.sendMessage(request.build());
    } catch (SdkException e) {
      throw AwsFailures.of("sqs:SendMessage", url, e);
    }
  }
}
