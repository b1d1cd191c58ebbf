package dev.sluice.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What event-sync is called with: a batch of a queue, or one nudge. */
public sealed interface EventMessages {

  /** Nudges of a queue, each with its own fate. */
  record Batch(List<Message> messages) implements EventMessages {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /** One nudge, from a bus or by itself. */
  record Single(Nudge nudge) implements EventMessages {}

  /**
   * A message of a queue.
   *
   * @param group in a FIFO queue
   * @param receipt empty when the event does not say how it was received
   */
  record Message(String id, Optional<String> group, Optional<Receipt> receipt, Content content) {}

  /**
   * How a message was received.
   *
   * @param handle what the queue knows it by
   * @param count how many times it has come, at least once
   */
  record Receipt(String queue, String handle, int count) {}

  /** What a message says. */
  sealed interface Content {}

  /** It is a nudge. */
  record Asked(Nudge nudge) implements Content {}

  /** It cannot be understood, or refers to what there is not. */
  record Refused(ConnectorException reason) implements Content {}

  /** As many as a standard queue hands over at once. */
  int MOST_MESSAGES = 10_000;

  int LONGEST_BODY = 16_384;

  /**
   * Reads the event. A message that cannot be read is refused by itself; only when a message cannot
   * even be named in the answer, the whole event is.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION}
   */
  static EventMessages decode(JsonNode event) {
    var fields = EventFields.of(event, "The event");
    var shapes = Stream.of("Records", "detail", "pipeline").filter(fields::has).toList();
    if (shapes.size() != 1) {
      throw fields.error(
          shapes.isEmpty()
              ? "it is none of those that this function takes: messages of a queue (with 'Records'), an event of EventBridge (with 'detail'), or a nudge (with 'pipeline' and 'table')"
              : "it is of two kinds at once: it has " + String.join(" and ", shapes));
    }
    return switch (shapes.getFirst()) {
      case "Records" -> new Batch(messages(fields));
      case "detail" -> single(fields.node("detail"), "detail");
      default -> single(event, "The event");
    };
  }

  private static Single single(JsonNode node, String place) {
    var nudge = Nudge.decode(node, place);
    if (nudge.notBefore().isPresent()) {
      throw ConnectorException.configuration(place + ": 'not_before' is for messages of a queue");
    }
    return new Single(nudge);
  }

  private static List<Message> messages(EventFields event) {
    JsonNode records = event.node("Records");
    if (!records.isArray()) {
      throw event.error("'Records' takes a list of messages");
    }
    if (records.size() > MOST_MESSAGES) {
      throw event.error(
          "'Records' has %d messages; it takes %d".formatted(records.size(), MOST_MESSAGES));
    }
    var messages = new ArrayList<Message>();
    for (int i = 0; i < records.size(); i++) {
      messages.add(message(EventFields.of(records.get(i), "Records[%d]".formatted(i)), i));
    }
    return messages;
  }

  private static Message message(EventFields fields, int index) {
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
    return new Message(id, group, receipt(fields), content(fields, index));
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

  private static Content content(EventFields fields, int index) {
    String place = "Records[%d].body".formatted(index);
    try {
      String body = fields.text("body");
      if (body.length() > LONGEST_BODY) {
        throw ConnectorException.configuration(
            "%s: it has %d characters; a nudge has at most %d"
                .formatted(place, body.length(), LONGEST_BODY));
      }
      return new Asked(Nudge.decode(StrictJson.parse(body, place), place));
    } catch (ConnectorException e) {
      return new Refused(e);
    }
  }
}
