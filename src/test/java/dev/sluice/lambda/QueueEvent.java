package dev.sluice.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.sqs.model.Message;

/** Messages as Lambda hands them over from a queue. */
final class QueueEvent {
  private QueueEvent() {}

  /** Messages named {@code message-0}, {@code message-1} and so on, each of a group of its own. */
  static String of(String... bodies) {
    ObjectNode event = new ObjectMapper().createObjectNode();
    var records = event.putArray("Records");
    for (int i = 0; i < bodies.length; i++) {
      ObjectNode message =
          records
              .addObject()
              .put("messageId", "message-" + i)
              .put("receiptHandle", "handle-" + i)
              .put("body", bodies[i])
              .put("eventSource", "aws:sqs")
              .put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:nudges.fifo")
              .put("awsRegion", "us-east-1");
      message
          .putObject("attributes")
          .put("ApproximateReceiveCount", "1")
          .put("MessageGroupId", "group-" + i)
          .put("SequenceNumber", Integer.toString(i));
      message.putObject("messageAttributes");
    }
    return event.toString();
  }

  /** A message as a queue gave it. */
  static String of(String queueArn, Message message) {
    ObjectNode event = new ObjectMapper().createObjectNode();
    ObjectNode one =
        event
            .putArray("Records")
            .addObject()
            .put("messageId", message.messageId())
            .put("receiptHandle", message.receiptHandle())
            .put("body", message.body())
            .put("md5OfBody", message.md5OfBody())
            .put("eventSource", "aws:sqs")
            .put("eventSourceARN", queueArn)
            .put("awsRegion", Arn.fromString(queueArn).region().orElseThrow());
    message.attributesAsStrings().forEach(one.putObject("attributes")::put);
    one.putObject("messageAttributes");
    return event.toString();
  }
}
