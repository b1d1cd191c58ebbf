package dev.sluice.functions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The function as the framework calls it, with events over HTTP. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(EventFunctionTest.Exported.class)
final class EventFunctionTest {

  /** Chooses the function as a deployment does. */
  public static final class Exported implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.funqy.export", "event-sync");
    }
  }

  @TempDir Path folder;
  private PipelineFolder pipelines;

  @BeforeEach
  void begin() {
    pipelines = new PipelineFolder(folder).letters("acme", "letters", "denied", "unavailable");
    TestDeployment.begin(pipelines.variables());
  }

  private static Response send(String event) {
    return given().contentType("application/json").body(event).when().post();
  }

  private static List<String> failedItems(String event) {
    var response = send(event);
    assertThat(response.statusCode()).describedAs(response.asString()).isEqualTo(200);
    return response.jsonPath().getList("batchItemFailures.itemIdentifier", String.class);
  }

  private static String failure(String event) {
    var response = send(event);
    assertThat(response.statusCode()).isEqualTo(500);
    return response.jsonPath().getString("errorMessage");
  }

  private static String nudge(String pipeline, String table) {
    return "{\"pipeline\": \"%s\", \"table\": \"%s\"}".formatted(pipeline, table);
  }

  /** The messages are m0, m1 and so on, all of one group when there is one. */
  private static String batch(String group, String... bodies) {
    ArrayNode records = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < bodies.length; i++) {
      var attributes =
          records
              .addObject()
              .put("messageId", "m" + i)
              .put("receiptHandle", "any")
              .put("body", bodies[i])
              .put("eventSource", "aws:sqs")
              .put("eventSourceARN", "arn:aws:sqs:eu-central-1:1:nudges.fifo")
              .putObject("attributes")
              .put("ApproximateReceiveCount", "1");
      if (!group.isEmpty()) {
        attributes.put("MessageGroupId", group);
      }
    }
    return JsonNodeFactory.instance.objectNode().set("Records", records).toString();
  }

  private static long runs() {
    return TestDeployment.printed().events().stream()
        .filter(event -> event.path("message").asText().equals("Run finished"))
        .count();
  }

  @Test
  void nudgesOfOneTableAreOneSync() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      pipelines.example("shop", api.baseUri(), "users", "orders");

      var failed =
          failedItems(
              batch(
                  "",
                  nudge("shop", "users"),
                  nudge("shop", "orders"),
                  nudge("shop", "users"),
                  nudge("shop", "users")));

      assertThat(failed).isEmpty();
      assertThat(runs()).isEqualTo(1);
      assertThat(TestDeployment.printed().metrics()).hasSize(2);
      assertThat(pipelines.landed("shop", "users")).hasSize(37);
      assertThat(pipelines.landed("shop", "orders")).hasSize(103);
    }
  }

  @Test
  void emptyBatchIsDone() {
    assertThat(failedItems("{\"Records\": []}")).isEmpty();
  }

  @Test
  void oneBadMessageOfTenFailsAlone() {
    String good = nudge("acme", "letters");

    var failed =
        failedItems(
            batch("", good, good, good, good, "{\"pipeline\":", good, good, good, good, good));

    assertThat(failed).containsExactly("m4");
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
    assertThat(TestDeployment.printed().text())
        .contains("Records[4].body: not well-formed JSON in line 1")
        .contains("it ends too early");
  }

  @Test
  void everyKindOfBadMessageFailsAlone() {
    var failed =
        failedItems(
            batch(
                "",
                "",
                "null",
                "[]",
                nudge("acme", "unheard of"),
                nudge("../acme", "letters"),
                nudge("acme\\u0000", "letters"),
                "{\"pipeline\": \"acme\", \"tables\": [\"letters\"]}",
                "{\"pipeline\": \"acme\", \"table\": \"letters\", \"destination\": \"s3://evil/\"}",
                "{\"pipeline\": \"acme\", \"table\": \"letters\", \"table\": \"denied\"}",
                "{\"pipeline\": \"acme\", \"table\": \"letters\", \"options\": {\"token\": \"x\"}}",
                "{\"pipeline\": \"acme\", \"table\": \"letters\", \"resume\": -1}",
                "[".repeat(3000) + "]".repeat(3000),
                "{\"pipeline\": \"" + "a".repeat(20_000) + "\", \"table\": \"letters\"}",
                nudge("acme", "letters")));

    assertThat(failed).hasSize(13).doesNotContain("m13");
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
    assertThat(TestDeployment.printed().text())
        .contains("option 'token' is not for events")
        .contains("There is no pipeline '../acme'")
        .contains("did you mean 'table'?")
        .doesNotContain("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        .doesNotContain("[[[");
  }

  @Test
  void failedTableFailsItsMessagesOnly() {
    var failed =
        failedItems(
            batch(
                "",
                nudge("acme", "denied"),
                nudge("acme", "letters"),
                nudge("acme", "unavailable"),
                nudge("acme", "denied")));

    assertThat(failed).containsExactly("m0", "m2", "m3");
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
  }

  @Test
  void whatFollowsAFailedMessageInItsGroupFailsWithIt() {
    var failed =
        failedItems(
            batch(
                "any",
                nudge("acme", "letters"),
                nudge("acme", "denied"),
                nudge("acme", "letters")));

    assertThat(failed).containsExactly("m1", "m2");
  }

  @Test
  void messageThatCannotBeNamedFailsTheEvent() {
    assertThat(failure("{\"Records\": [{\"body\": \"{}\"}]}"))
        .contains("Records[0]: 'messageId' is missing");
    assertThat(failure("{\"Records\": [7]}")).contains("Records[0]: this is a number");
    assertThat(failure("{\"Records\": {}}")).contains("'Records' takes a list of messages");
  }

  @Test
  void moreMessagesThanAQueueHandsOverAreRefused() {
    String message = "{\"messageId\": \"m\", \"body\": \"{}\"}";

    assertThat(failure("{\"Records\": [" + (message + ",").repeat(10_000) + message + "]}"))
        .contains("The event: 'Records' has 10001 messages; it takes 10000");
  }

  @Test
  void recordsOfAnotherServiceAreRefused() {
    assertThat(
            failure(
                "{\"Records\": [{\"eventSource\": \"aws:s3\", \"messageId\": \"m\", \"body\":"
                    + " \"\"}]}"))
        .contains("Records[0]: 'eventSource' is 'aws:s3'; this function takes messages of aws:sqs");
  }

  @Test
  void eventOfTwoKindsOrNoneIsRefused() {
    assertThat(failure("{}")).contains("unsupported event; expected messages of a queue");
    assertThat(failure("{\"Records\": [], \"pipeline\": \"acme\"}"))
        .contains("ambiguous event: it has Records and pipeline");
  }

  @Test
  void nudgeByItselfIsAnsweredWithTheReport() {
    var answer = send(nudge("acme", "letters"));

    assertThat(answer.jsonPath().getList("tables.outcome")).containsExactly("CAUGHT_UP");
    assertThat(answer.jsonPath().getList("tables.records")).containsExactly(5);
    assertThat(failure(nudge("acme", "denied"))).contains("denied: CONFIGURATION");
  }

  @Test
  void nudgeInAnEventOfTheBusIsFollowed() {
    var answer =
        send(
            """
            {"version": "0", "id": "6a7e", "detail-type": "Issue changed", "source": "acme", "account": "1",
             "time": "2026-01-01T00:00:00Z", "region": "eu-central-1", "resources": [],
             "detail": {"pipeline": "acme", "table": "letters", "options": {"max_records_per_batch": 1}}}
            """);

    assertThat(answer.jsonPath().getList("tables.batches")).containsExactly(5);
    assertThat(failure("{\"detail-type\": \"x\", \"detail\": {\"bucket\": \"b\"}}"))
        .contains("detail: unknown key 'bucket'");
  }

  @Test
  void smallestOptionOfManyNudgesCounts() {
    String three =
        "{\"pipeline\":\"acme\",\"table\":\"letters\",\"options\":{\"max_records_per_batch\":3}}";

    failedItems(batch("", three, three.replace("3}", "1}"), nudge("acme", "letters")));

    assertThat(TestDeployment.printed().metrics())
        .singleElement()
        .satisfies(metrics -> assertThat(metrics.path("Batches").asInt()).isEqualTo(5));
  }

  @Test
  void busyTableIsStillOwedASync() {
    var store = new LocalCheckpointStore(pipelines.lake().resolve(".sluice"));
    var letters = new Destination("acme", "letters");
    store.acquire(letters, "another", Instant.now().plusSeconds(600));

    assertThat(failedItems(batch("", nudge("acme", "letters")))).containsExactly("m0");
    assertThat(failure(nudge("acme", "letters"))).contains("held by run another");

    store.release(letters, "another");
    assertThat(failedItems(batch("", nudge("acme", "letters")))).isEmpty();
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
  }
}
