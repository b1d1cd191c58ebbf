package dev.sluice.functions.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.text.JsonText;
import java.util.Collection;
import java.util.List;

/** The JSON responses of the functions. */
public final class FunctionAnswers {
  /**
   * The largest response: Lambda accepts 6 MB, and a larger one would fail an invocation that
   * succeeded.
   */
  private static final int LARGEST = 5_000_000;

  private FunctionAnswers() {}

  /** Returns the report, without offsets when it would be too large. */
  public static JsonNode of(InvocationReport report) {
    String json = report.json();
    try {
      JsonNode answer = JsonText.read(json);
      return json.length() <= LARGEST ? answer : withoutOffsets(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is always JSON", e);
    }
  }

  private static JsonNode withoutOffsets(JsonNode answer) {
    for (JsonNode table : answer.path("tables")) {
      ((ObjectNode) table).remove(List.of("offset_before", "offset_after"));
    }
    return answer;
  }

  /** Returns the response to a queue: the messages to deliver again, each once. */
  public static JsonNode failedItems(Collection<String> ids) {
    var answer = JsonText.object();
    var failures = answer.putArray("batchItemFailures");
    ids.stream().distinct().forEach(id -> failures.addObject().put("itemIdentifier", id));
    return answer;
  }
}
