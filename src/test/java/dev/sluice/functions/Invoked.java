package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.run.FunctionResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Invokes functions without the framework, at an instant that stands still. */
final class Invoked {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, String> variables = new TreeMap<>();
  private final Printed printed = new Printed();
  private InstantSource clock = InstantSource.fixed(NOW);

  Invoked with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  Invoked with(String variable, String value) {
    return with(Map.of(variable, value));
  }

  Invoked at(Instant now) {
    clock = InstantSource.fixed(now);
    return this;
  }

  FunctionResult scheduledSync(String event) {
    return invoke("scheduled-sync", event, Optional.empty());
  }

  FunctionResult eventSync(String event) {
    return invoke("event-sync", event, Optional.empty());
  }

  /** With no time left: every table is out of time before it begins. */
  FunctionResult outOfTime(String function, String event) {
    return invoke(function, event, Optional.of(Duration.ZERO));
  }

  /** As a platform invokes it, which ends it after this time. */
  FunctionResult within(Duration time, String function, String event) {
    return invoke(function, event, Optional.of(time));
  }

  private FunctionResult invoke(String function, String event, Optional<Duration> remaining) {
    return Functions.invoke(
        function, event, TestDeployment.of(variables, clock, printed), remaining);
  }

  Printed printed() {
    return printed;
  }

  /** An event of a queue with one message, m0. */
  static String message(String body) {
    return "{\"Records\": [{\"messageId\": \"m0\", \"body\": %s}]}".formatted(quoted(body));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The messages that the answer hands back. */
  static List<String> failedItems(FunctionResult result) {
    var failed = new ArrayList<String>();
    for (JsonNode item : result.answer().path("batchItemFailures")) {
      failed.add(item.path("itemIdentifier").asText());
    }
    return failed;
  }
}
