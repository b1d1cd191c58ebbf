package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.functions.event.Event;
import dev.sluice.functions.event.StrictJson;
import dev.sluice.functions.event.SyncRequest;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.runtime.FastFolder;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events from anybody who may send to the queue, the bus or the function. */
@Tag("fuzz")
class EventFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void queueIsAnsweredWithItsOwnMessagesOrTheEventIsRefused() throws Exception {
    var settings = new TreeMap<>(new PipelineFolder(folder).letters("acme", "letters").variables());
    settings.put("SLUICE_RESUME", "off");
    Fuzz.run(
        "Events",
        600,
        chance -> new Trial(event(chance), text -> invoke(text, settings)),
        Mutation.and("no JSON", "refused", "nothing failed", "some failed", "all failed"));
  }

  private static String event(Chance chance) {
    List<String> corpus = List.of(batch(chance), batch(chance), nudge(chance), bus(chance));
    return chance.oneIn(3) ? corpus.getFirst() : Mutation.damage(corpus, chance);
  }

  private static String nudge(Chance chance) {
    String pipeline = chance.oneIn(3) ? JsonGrammar.string(chance) : "\"acme\"";
    String table = chance.oneIn(3) ? JsonGrammar.string(chance) : "\"letters\"";
    String rest =
        chance.of(
            "",
            "",
            "",
            ",\"options\":{\"max_records_per_batch\":2}",
            ",\"options\":{\"token\":\"x\"}",
            ",\"resume\":7",
            ",\"resume\":-1",
            ",\"not_before\":\"2999-01-01T00:00:00Z\"",
            ",\"not_before\":\"+1000000000-12-31T23:59:59Z\"",
            ",\"destination\":\"s3://evil\"",
            "," + JsonGrammar.string(chance) + ":" + JsonGrammar.value(chance, 3));
    return "{\"pipeline\":" + pipeline + ",\"table\":" + table + rest + "}";
  }

  private static String bus(Chance chance) {
    return "{\"detail-type\":\"x\",\"detail\":" + nudge(chance) + "}";
  }

  private static String batch(Chance chance) {
    var records = JsonNodeFactory.instance.arrayNode();
    for (int i = chance.below(5); i > 0; i--) {
      String body =
          switch (chance.below(5)) {
            case 0 -> Mutation.damage(List.of(nudge(chance)), chance);
            case 1 -> JsonGrammar.value(chance, 4);
            default -> nudge(chance);
          };
      var message =
          records
              .addObject()
              .put("messageId", chance.of("m" + i, "m1", "\uD800", " x "))
              .put("body", body);
      if (chance.oneIn(2)) {
        message.put("eventSource", "aws:sqs");
        message.putObject("attributes").put("MessageGroupId", chance.of("a", "b"));
      }
    }
    return JsonNodeFactory.instance.objectNode().set("Records", records).toString();
  }

  private static String invoke(String text, Map<String, String> settings) {
    var printed = new Printed();
    var sync = new EventFunction(TestDeployment.of(settings, InstantSource.system(), printed));
    Event event;
    try {
      event = JSON.readValue(text, Event.class);
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      return "no JSON";
    } catch (JsonProcessingException e) {
      return "no JSON";
    }
    FunctionResult result;
    try {
      result = sync.invoke(event.json());
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(e.getMessage()).hasSizeLessThan(1_000).matches("[\\x20-\\x7E]*");
      return "refused";
    }
    if (!event.json().has("Records")) {
      return result.failure().isPresent() ? "refused" : "nothing failed";
    }
    return answered(event.json().get("Records"), result.answer());
  }

  private static String answered(JsonNode records, JsonNode answer) {
    var sent = new ArrayList<String>();
    records.forEach(record -> sent.add(record.path("messageId").asText()));
    assertThat(answer.fieldNames()).toIterable().containsExactly("batchItemFailures");
    var failed = new ArrayList<String>();
    for (JsonNode failure : answer.get("batchItemFailures")) {
      assertThat(failure.fieldNames()).toIterable().containsExactly("itemIdentifier");
      failed.add(failure.get("itemIdentifier").textValue());
    }
    assertThat(failed).doesNotHaveDuplicates().isSubsetOf(sent);
    return failed.isEmpty()
        ? "nothing failed"
        : failed.size() < sent.stream().distinct().count() ? "some failed" : "all failed";
  }

  @Test
  void scheduleIsUnderstoodOrRefused() throws Exception {
    Fuzz.run(
        "Schedules", 10_000, EventFuzzTest::schedule, Mutation.and("no JSON", "taken", "refused"));
  }

  private static Trial schedule(Chance chance) {
    String good = "{\"pipeline\":\"acme\",\"tables\":[\"letters\",\"denied\"],\"resume\":3}";
    String input =
        chance.oneIn(5)
            ? JsonGrammar.object(chance, 6)
            : Mutation.damage(List.of(good, "{\"pipeline\":\"acme\"}"), chance);
    return new Trial(
        input,
        text -> {
          JsonNode json;
          try {
            json = StrictJson.parse(text, "The event");
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            return "no JSON";
          }
          try {
            SyncRequest request = SyncRequest.decode(json);
            assertThat(SyncRequest.decode(StrictJson.parse(request.json(), "again")))
                .isEqualTo(request);
            return "taken";
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            return "refused";
          }
        });
  }
}
