package dev.sluice.functions.event;

import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * A message that carries a nudge.
 *
 * @param group in a FIFO queue
 * @param receipt empty when the event does not say how it was received
 */
public record NudgeMessage(
    String id, Optional<String> group, Optional<Receipt> receipt, Content content) {
  private static final int LONGEST_BODY = 16_384;

  /**
   * The receipt of a message that a queue delivered.
   *
   * @param handle identifies this delivery
   * @param count how many times it was delivered, at least once
   */
  public record Receipt(String queue, String handle, int count) {}

  /** The content of a message. */
  public sealed interface Content {}

  /** A content that is a nudge. */
  public record Valid(Nudge nudge) implements Content {}

  /** A content that is no nudge. */
  public record Malformed(ConnectorException problem) implements Content {}

  /** Returns the message of a nudge that came by itself, and not from a queue. */
  public static NudgeMessage of(Nudge nudge) {
    return new NudgeMessage("event", Optional.empty(), Optional.empty(), new Valid(nudge));
  }

  /**
   * Reads a message of a queue.
   *
   * @param fields a record of the event
   * @param place of the record, for messages
   * @throws ConnectorException of kind {@code CONFIGURATION} when it cannot be named in the
   *     response; a body that cannot be read is {@link Malformed}
   */
  static NudgeMessage decode(EventFields fields, String place) {
    String source = fields.has("eventSource") ? fields.text("eventSource") : "aws:sqs";
    if (!source.equals("aws:sqs")) {
      throw fields.error(
          "'eventSource' is '%s'; this function takes messages of aws:sqs"
              .formatted(UntrustedText.excerpt(source)));
    }
    String id = fields.text("messageId");
    if (id.isBlank()) {
      throw fields.error("'messageId' is blank");
    }
    var attributes = fields.node("attributes");
    var group = Optional.ofNullable(attributes.path("MessageGroupId").textValue());
    return new NudgeMessage(id, group, receipt(fields), content(fields, place + ".body"));
  }

  private static Optional<Receipt> receipt(EventFields fields) {
    String handle = fields.node("receiptHandle").asText();
    String arn = fields.node("eventSourceARN").asText();
    String queue = arn.substring(arn.lastIndexOf(':') + 1);
    int count = fields.node("attributes").path("ApproximateReceiveCount").asInt();
    return handle.isEmpty() || queue.isEmpty()
        ? Optional.empty()
        : Optional.of(new Receipt(queue, handle, Math.max(1, count)));
  }

  private static Content content(EventFields fields, String place) {
    try {
      String body = fields.text("body");
      if (body.length() > LONGEST_BODY) {
        throw ConnectorException.configuration(
            "%s: it has %d characters; a nudge has at most %d"
                .formatted(place, body.length(), LONGEST_BODY));
      }
      return new Valid(Nudge.decode(StrictJson.parse(body, place), place));
    } catch (ConnectorException e) {
      return new Malformed(e);
    }
  }
}
