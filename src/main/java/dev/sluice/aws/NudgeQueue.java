package dev.sluice.aws;

import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A queue of messages that ask for a sync. Its methods throw a {@link ConnectorException} that says
 * why a request failed.
 */
public final class NudgeQueue {
  /** The longest that a standard queue holds a message back. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private static final int LARGEST_BATCH = 10;
  private static final String CHANGE = "sqs:ChangeMessageVisibility";

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

  /**
   * Hides received messages for some time from now on.
   *
   * @param receipts what the queue knows them by, any number
   * @param time to the second, at most 12 hours
   */
  public void hide(List<String> receipts, Duration time) {
    for (int i = 0; i < receipts.size(); i += LARGEST_BATCH) {
      hideBatch(receipts.subList(i, Math.min(i + LARGEST_BATCH, receipts.size())), time);
    }
  }

  private void hideBatch(List<String> receipts, Duration time) {
    var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>();
    for (String receipt : receipts) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(receipt)
              .visibilityTimeout(Math.toIntExact(time.toSeconds()))
              .build());
    }
    try {
      var failed =
          client
              .changeMessageVisibilityBatch(
                  request ->
                      request
                          .queueUrl(url)
                          .entries(entries)
                          .overrideConfiguration(limits -> limits.apiCallTimeout(patience.get())))
              .failed();
      if (!failed.isEmpty()) {
        var first = failed.getFirst();
        throw ConnectorException.transientFailure(
            "%s to %s: refused for %d of %d messages; the first: %s: %s"
                .formatted(
                    CHANGE, url, failed.size(), receipts.size(), first.code(), first.message()));
      }
    } catch (SdkException e) {
      throw AwsFailures.of(CHANGE, url, e);
    }
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
