package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.SourceRecord;
import java.math.BigDecimal;

/** Says how property values are delivered. */
enum PropertyValues {
  /** Delivers them as HubSpot sends them, as text. */
  AS_SENT {
    @Override
    DataType column(Property property) {
      return Primitive.STRING;
    }

    @Override
    SourceRecord of(SourceRecord record, Properties properties) {
      return record;
    }
  },

  /**
   * Delivers numbers with the digits that HubSpot sends, booleans, and null for a value that was
   * cleared. A value that does not match the type of its property stays text.
   */
  TYPED {
    @Override
    DataType column(Property property) {
      return property.type().column();
    }

    @Override
    SourceRecord of(SourceRecord record, Properties properties) {
      JsonNode tree = record.tree();
      if (!(tree.path("properties") instanceof ObjectNode values)) {
        return record;
      }
      for (Property property : properties.all()) {
        JsonNode value = values.path(property.name());
        if (value.isTextual()) {
          values.set(property.name(), typed(property.type(), value));
        }
      }
      try {
        return SourceRecord.of(MAPPER.writeValueAsString(tree));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A tree can be written", e);
      }
    }
  };

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?";

  abstract DataType column(Property property);

  abstract SourceRecord of(SourceRecord record, Properties properties);

  private static JsonNode typed(Property.Type type, JsonNode value) {
    var nodes = MAPPER.getNodeFactory();
    String text = value.textValue();
    if (text.isEmpty()) {
      return nodes.nullNode();
    }
    return switch (type) {
      case NUMBER -> isDecimal(text) ? nodes.rawValueNode(new RawValue(text)) : value;
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? nodes.booleanNode(text.equals("true"))
              : value;
      case DATE, TIMESTAMP, TEXT -> value;
    };
  }

  private static boolean isDecimal(String text) {
    if (!text.matches(JSON_NUMBER)) {
      return false;
    }
    var number = new BigDecimal(text).stripTrailingZeros();
    var column = (DataType.Decimal) Property.Type.NUMBER.column();
    return number.scale() <= column.scale()
        && number.precision() - number.scale() <= column.precision() - column.scale();
  }
}
