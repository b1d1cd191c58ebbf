package dev.sluice.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The event of event-sync: a batch of a queue, or one nudge. */
public sealed interface EventMessages {

  /** The messages of a queue, each with its own result. */
  record Batch(List<NudgeMessage> messages) implements EventMessages {

    /** The most messages that a standard queue delivers at once. */
    private static final int MOST_MESSAGES = 10_000;

    public Batch {
      messages = List.copyOf(messages);
    }

    private static Batch decode(EventFields event) {
      JsonNode records = event.node("Records");
      if (!records.isArray()) {
        throw event.error("'Records' takes a list of messages");
      }
      if (records.size() > MOST_MESSAGES) {
        throw event.error(
            "'Records' has %d messages; it takes %d".formatted(records.size(), MOST_MESSAGES));
      }
      var messages = new ArrayList<NudgeMessage>();
      for (int i = 0; i < records.size(); i++) {
        String place = "Records[%d]".formatted(i);
        messages.add(NudgeMessage.decode(EventFields.of(records.get(i), place), place));
      }
      return new Batch(messages);
    }
  }

  /** One nudge, from a bus or by itself. */
  record Single(Nudge nudge) implements EventMessages {

    private static Single decode(JsonNode node, String place) {
      var nudge = Nudge.decode(node, place);
      if (nudge.notBefore().isPresent()) {
        throw ConnectorException.configuration(place + ": 'not_before' is for messages of a queue");
      }
      return new Single(nudge);
    }
  }

  /**
   * Reads the event. A message that cannot be read fails by itself; only one that cannot even be
   * named in the response fails the whole event.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION}
   */
  static EventMessages decode(JsonNode event) {
    var fields = EventFields.of(event, "The event");
    var shapes = Stream.of("Records", "detail", "pipeline").filter(fields::has).toList();
    if (shapes.size() != 1) {
      throw fields.error(
          shapes.isEmpty()
              ? "unsupported event; expected messages of a queue (with 'Records'), an event of EventBridge (with 'detail'), or a nudge (with 'pipeline' and 'table')"
              : "ambiguous event: it has " + String.join(" and ", shapes));
    }
    return switch (shapes.getFirst()) {
      case "Records" -> Batch.decode(fields);
      case "detail" -> Single.decode(fields.node("detail"), "detail");
      default -> Single.decode(event, "The event");
    };
  }
}
