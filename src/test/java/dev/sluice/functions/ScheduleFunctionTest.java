package dev.sluice.functions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The function as the framework calls it, with events over HTTP. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
final class ScheduleFunctionTest {
  @TempDir Path folder;
  private PipelineFolder pipelines;

  @BeforeEach
  void begin() {
    pipelines = new PipelineFolder(folder);
    TestDeployment.begin(pipelines.variables());
  }

  private static Response send(String event) {
    return given().contentType("application/json").body(event).when().post();
  }

  private static String failure(String event) {
    var response = send(event);
    assertThat(response.statusCode()).isEqualTo(500);
    return response.jsonPath().getString("errorMessage");
  }

  @Test
  void everyTableOfThePipelineLands() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      pipelines.example("shop", api.baseUri(), "products", "events", "users", "orders");

      var answer = send("{\"pipeline\": \"shop\"}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.jsonPath().getString("pipeline")).isEqualTo("shop");
      assertThat(answer.jsonPath().getList("tables.outcome"))
          .containsExactly("CAUGHT_UP", "CAUGHT_UP", "CAUGHT_UP", "CAUGHT_UP");
      assertThat(answer.jsonPath().getList("tables.records")).containsExactly(53, 101, 37, 103);
      assertThat(pipelines.landed("shop", "orders")).hasSize(103);
      assertThat(send("{\"pipeline\": \"shop\"}").jsonPath().getList("tables.records"))
          .as("a snapshot is read whole, and what is as it was is not published again")
          .containsExactly(53, 0, 0, 0);
    }
  }

  @Test
  void onlyTheNamedTablesAreRead() {
    pipelines.letters("acme", "letters", "{table: letters, as: more}", "denied");

    var answer = send("{\"pipeline\": \"acme\", \"tables\": [\"more\"]}");

    assertThat(answer.jsonPath().getList("tables.as")).containsExactly("more");
    assertThat(pipelines.landed("acme", "more")).hasSize(5);
    assertThat(pipelines.landed("acme", "letters")).isEmpty();
  }

  @Test
  void failedTableFailsTheInvocationAfterTheOthersAreDone() {
    pipelines.letters("acme", "denied", "broken", "letters");

    String failure = failure("{\"pipeline\": \"acme\"}");

    assertThat(failure)
        .contains("'acme'")
        .contains("denied: CONFIGURATION: The source refused the token")
        .contains("broken: PROTOCOL: The answer is 42")
        .doesNotContain("letters:")
        .doesNotContain(PipelineFolder.SECRET);
    assertThat(pipelines.landed("acme", "letters")).hasSize(5);
    assertThat(TestDeployment.printed().text()).doesNotContain(PipelineFolder.SECRET);
  }

  @Test
  void changedFileCountsAtOnce() {
    pipelines.letters("acme", "letters");
    send("{\"pipeline\": \"acme\"}");

    pipelines.letters("acme", "letters", "{table: letters, as: more}");

    assertThat(send("{\"pipeline\": \"acme\"}").jsonPath().getList("tables.as"))
        .containsExactly("letters", "more");
  }

  @Test
  void metricsAndLogAreWritten() {
    pipelines.letters("acme", "letters");

    send("{\"pipeline\": \"acme\"}");

    assertThat(TestDeployment.printed().metrics())
        .singleElement()
        .satisfies(metrics -> assertThat(metrics.path("Records").asInt()).isEqualTo(5));
    assertThat(TestDeployment.printed().events())
        .extracting(event -> event.path("message").asText())
        .contains("Run finished");
  }

  @Test
  void emptyEventIsRefused() {
    assertThat(failure("{}")).contains("The event: 'pipeline' is missing");
    assertThat(failure("[]")).contains("The event: this is a list; it takes a JSON object");
    assertThat(failure("null")).contains("The event: this is null; it takes a JSON object");
  }

  @Test
  void unknownPipelineIsAnsweredWithTheKnownOnes() {
    pipelines.letters("acme", "letters").letters("beta", "letters");

    assertThat(failure("{\"pipeline\": \"unrelated\"}"))
        .contains("There is no pipeline 'unrelated' in")
        .contains("known are acme, beta");
  }

  @Test
  void harmfulNestingIsRefused() {
    pipelines.letters("acme", "letters");

    assertThat(
            failure(
                "{\"pipeline\": \"acme\", \"tables\": " + "[".repeat(900) + "]".repeat(900) + "}"))
        .contains("The event.tables[0]: this is a list; it takes a name");
    assertThat(failure("[".repeat(5000) + "]".repeat(5000)))
        .contains("The event: not well-formed JSON")
        .contains("nested too deeply");
  }

  @Test
  void oversizedEventIsRefused() {
    pipelines.letters("acme", "letters");
    String names = "\"letters\", ".repeat(1000) + "\"letters\"";

    assertThat(failure("{\"pipeline\": \"" + "a".repeat(20_000) + "\"}"))
        .contains("The event.pipeline: the name has 20000 characters; it takes at most 100");
    assertThat(failure("{\"pipeline\": \"acme\", \"tables\": [" + names + "]}"))
        .contains("The event: 'tables' has 1001 names; it takes 1000");
    assertThat(pipelines.landed("acme", "letters")).isEmpty();
  }

  @Test
  void keyThatIsThereTwiceIsRefused() {
    pipelines.letters("acme", "letters");

    assertThat(failure("{\"pipeline\": \"acme\", \"pipeline\": \"acme\"}"))
        .contains("The event: not well-formed JSON in line 1, column 32: duplicate key");
  }
}
