package dev.sluice.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a reader of the lake sees: the delivered records, folded as the table's ingestion type says.
 */
final class Sink {
  private final Subject subject;
  private final IngestionType type;
  private final Optional<String> cursorField;
  private final Map<String, Integer> times = new HashMap<>();
  private final Map<String, JsonNode> records = new LinkedHashMap<>();
  private final Map<String, JsonNode> tombstones = new HashMap<>();

  Sink(Subject subject) {
    var metadata = subject.metadata();
    this.subject = subject;
    this.type = metadata.type();
    this.cursorField = metadata.cursorField();
  }

  Sink copy() {
    var copy = new Sink(subject);
    copy.times.putAll(times);
    copy.records.putAll(records);
    copy.tombstones.putAll(tombstones);
    return copy;
  }

  Sink add(Run run) {
    for (SourceRecord record : run.records()) {
      JsonNode tree = record.tree();
      String id = id(tree);
      times.merge(id, 1, Integer::sum);
      records.merge(id, tree, this::later);
    }
    return this;
  }

  Sink addDeletes(Run run) {
    for (SourceRecord record : run.records()) {
      JsonNode tree = record.tree();
      tombstones.merge(id(tree), tree, this::later);
    }
    return this;
  }

  private JsonNode later(JsonNode older, JsonNode newer) {
    return cursor(newer).isBefore(cursor(older)) ? older : newer;
  }

  private Instant cursor(JsonNode record) {
    return cursorField
        .map(field -> OffsetDateTime.parse(at(record, field).asText()).toInstant())
        .orElse(Instant.EPOCH);
  }

  static JsonNode at(JsonNode record, String path) {
    return record.at("/" + path.replace("~", "~0").replace("/", "~1").replace('.', '/'));
  }

  private String id(JsonNode record) {
    return id(record, subject.standIn().identity());
  }

  static String id(JsonNode record, List<String> fields) {
    return String.join("/", fields.stream().map(field -> at(record, field).asText("?")).toList());
  }

  private boolean isDeleted(String id) {
    return tombstones.containsKey(id)
        && (!records.containsKey(id)
            || !cursor(tombstones.get(id)).isBefore(cursor(records.get(id))));
  }

  /** Fails unless all is well, compared with the source as it is now. */
  void requireWhole(String place) {
    Problems.require(place, problems());
  }

  void requireWhole() {
    requireWhole("");
  }

  /** What is wrong here, compared with the source as it is now; empty when all is well. */
  List<String> problems() {
    return problems(subject.standIn().truth());
  }

  /** The records that never came, in any version. */
  List<String> lost(Map<Integer, SourceRecord> truth) {
    List<String> lost = new ArrayList<>();
    report(
        lost,
        "lost",
        truth.values().stream()
            .map(record -> id(record.tree()))
            .filter(id -> !records.containsKey(id))
            .toList());
    return lost;
  }

  List<String> problems(Map<Integer, SourceRecord> truth) {
    List<String> lost = new ArrayList<>();
    List<String> outdated = new ArrayList<>();
    List<String> extra = new ArrayList<>(records.keySet());
    List<String> deleted = new ArrayList<>();
    new TreeMap<>(truth)
        .forEach(
            (key, record) -> {
              JsonNode expected = record.tree();
              String id = id(expected);
              extra.remove(id);
              if (!records.containsKey(id)) {
                lost.add(id);
              } else if (!isWhole(expected, records.get(id))) {
                outdated.add(id);
              }
              if (isDeleted(id)) {
                deleted.add(id);
              }
            });
    extra.removeIf(this::isDeleted);
    List<String> problems = new ArrayList<>();
    report(problems, "lost", lost);
    report(problems, "outdated or changed", outdated);
    report(problems, "deleted though alive", deleted);
    switch (type) {
      case SNAPSHOT, CDC_WITH_DELETES -> report(problems, "still there", extra);
      case APPEND -> report(problems, "doubled", doubled());
      case CDC -> {}
    }
    return problems;
  }

  /** Whether a record came as the source has it; the connector may have added fields. */
  private static boolean isWhole(JsonNode expected, JsonNode delivered) {
    return expected.properties().stream()
        .allMatch(
            field ->
                delivered.has(field.getKey())
                    && delivered
                        .get(field.getKey())
                        .toString()
                        .equals(field.getValue().toString()));
  }

  private List<String> doubled() {
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> entry.getKey() + " (" + entry.getValue() + " times)")
        .sorted()
        .toList();
  }

  private static void report(List<String> problems, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      String some = String.join(", ", ids.subList(0, Math.min(ids.size(), 5)));
      problems.add(
          what + ": " + some + (ids.size() > 5 ? " and " + (ids.size() - 5) + " more" : ""));
    }
  }
}
