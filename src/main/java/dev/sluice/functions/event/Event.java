package dev.sluice.functions.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;

/** The event that a function is invoked with, as it came. */
@JsonDeserialize(using = Event.Reader.class)
public record Event(JsonNode json) {

  /** The deserializer for Funqy, which rejects duplicate keys as {@link StrictJson} does. */
  static final class Reader extends JsonDeserializer<Event> {

    @Override
    public Event deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return new Event(context.readTree(parser));
      } catch (JsonProcessingException e) {
        throw StrictJson.refusal(e, "The event");
      }
    }

    @Override
    public Event getNullValue(DeserializationContext context) {
      return new Event(NullNode.getInstance());
    }
  }
}
