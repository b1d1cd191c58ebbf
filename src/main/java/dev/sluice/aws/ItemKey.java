package dev.sluice.aws;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key of an item: one for each flow of a table, named as an operator would look for it. */
record ItemKey(Destination destination, Flow flow) {

  /** Joins table and flow. No flow's name contains the separator, so a table's name may. */
  private String tableFlow() {
    return destination.table() + "#" + flow.folder();
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(
        "pipeline", AttributeValue.fromS(destination.pipeline()),
        "table_flow", AttributeValue.fromS(tableFlow()));
  }

  @Override
  public String toString() {
    return "pipeline '%s', table_flow '%s'".formatted(destination.pipeline(), tableFlow());
  }
}
