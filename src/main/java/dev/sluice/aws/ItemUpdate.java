package dev.sluice.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Builds an update of one item. Names are aliased: some of them are reserved words. */
final class ItemUpdate {
  private final List<String> set = new ArrayList<>();
  private final List<String> remove = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();
  private String condition = "";

  /** Returns the alias of an attribute, or of one inside a map: {@code history.7}. */
  String name(String path) {
    var alias = new ArrayList<String>();
    for (String step : path.split("\\.", -1)) {
      alias.add("#" + step);
      names.put("#" + step, step);
    }
    return String.join(".", alias);
  }

  String value(AttributeValue value) {
    String alias = ":v" + values.size();
    values.put(alias, value);
    return alias;
  }

  ItemUpdate set(String path, AttributeValue value) {
    set.add(name(path) + " = " + value(value));
    return this;
  }

  ItemUpdate remove(String... paths) {
    for (String path : paths) {
      remove.add(name(path));
    }
    return this;
  }

  /** Sets the condition, which uses the aliases that {@link #name} and {@link #value} returned. */
  ItemUpdate when(String expression) {
    condition = expression;
    return this;
  }

  UpdateItemRequest.Builder request(String table, ItemKey key) {
    var builder =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .updateExpression((clause("SET", set) + clause("REMOVE", remove)).strip())
            .expressionAttributeNames(names);
    if (!values.isEmpty()) {
      builder.expressionAttributeValues(values);
    }
    return condition.isEmpty() ? builder : builder.conditionExpression(condition);
  }

  private static String clause(String verb, List<String> parts) {
    return parts.isEmpty() ? "" : verb + " " + String.join(", ", parts) + " ";
  }
}
