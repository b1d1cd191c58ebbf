package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.lambda.Answer.Kind;
import dev.sluice.spi.SourceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way on one machine: Terraform deploys to an emulator of AWS, and the functions run as
 * they were deployed, triggered by what the schedule and the queue hold. {@code infra/local/run}
 * runs it.
 */
@EnabledIfSystemProperty(
    named = "sluice.local",
    matches = "true",
    disabledReason = "Deploys for a minute or two; infra/local/run runs it")
@Timeout(600)
class LocalDeploymentTest {
  private static final String PIPELINE = "example-local";
  private static final String SECRET = "canary \"7d4e\" of the source";
  private static final List<String> TABLES =
      List.of("products", "events", "users", "orders", "metrics");

  /** Five for the tables before it, the others in the middle of the orders. */
  private static final int PAGES_BEFORE_THE_KILL = 18;

  @TempDir Path folder;

  private final Map<String, List<JsonNode>> versions = new HashMap<>();
  private final List<String> answers = new ArrayList<>();

  @Test
  void deployedFunctionsBringEverythingOnceAndSurviveAKill() throws Exception {
    var missing = LocalDeployment.missingPrograms();
    if (!missing.isEmpty()) {
      System.out.println("Skipped: this machine lacks " + String.join(" and ", missing));
    }
    assumeTrue(missing.isEmpty(), () -> "needs " + missing);
    Instant begin = Instant.now();
    Path work = folder.resolve("work");
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      var deployment = LocalDeployment.up(work, api.baseUri(), SECRET);
      say("Terraform applied the module to the emulator", begin);
      run(deployment, api, begin);
    } finally {
      LocalDeployment.down(work);
    }
    say("Everything is destroyed", begin);
  }

  private void run(LocalDeployment deployment, ExampleApi api, Instant begin) throws Exception {
    var lake = deployment.lake(PIPELINE);
    String event = deployment.scheduled(PIPELINE);
    remember(api);

    try (var process = deployment.function("scheduled-sync", folder).start()) {
      JsonNode first = report(process.invoke(event));
      assertExact(lake, api, first);
      say(
          "The schedule's event " + event + " brought " + records(first, TABLES) + " records",
          begin);

      JsonNode second = report(process.invoke(event));
      assertThat(records(second, List.of("events", "users", "orders"))).isZero();
      assertExact(lake, api, second);
      say("The same event again: nothing new", begin);
    }

    write(api, "users", "{\"user_id\": \"user_0007\", \"email\": \"new@example.com\"}");
    try (var process = deployment.function("event-sync", folder).start()) {
      var message =
          deployment.throughQueue(
              "nudges",
              PIPELINE + "/users",
              "{\"pipeline\": \"%s\", \"table\": \"users\"}".formatted(PIPELINE));
      Answer answer = process.invoke(QueueEvent.of(message.body()));
      answers.add(answer.body());
      assertThat(answer.json()).hasToString("{\"batchItemFailures\":[]}");
      assertVersions(lake, "users");
      say("A message of the queue brought the user that had changed", begin);
    }

    for (int i = 0; i < 600; i++) {
      write(
          api, "orders", "{\"order_id\": \"late_%04d\", \"user_id\": \"user_0001\"}".formatted(i));
    }
    int objects = lake.batches("orders").size();
    try (var process = deployment.function("scheduled-sync", folder).start()) {
      api.traffic().beforePage(PAGES_BEFORE_THE_KILL, process::kill);
      Answer killed = process.invoke(event, Duration.ofSeconds(20));
      assertThat(killed.kind()).isEqualTo(Kind.DIED);
    }
    int left = lake.batches("orders").size() - objects;
    assertThat(left).isBetween(1, 5);
    say("Killed while it read 600 new orders; objects of theirs that it left: " + left, begin);
    try (var process = deployment.function("scheduled-sync", folder).start()) {
      JsonNode report;
      do {
        report = report(process.invoke(event));
      } while (outcomes(report).contains("BUSY"));
      assertExact(lake, api, report);
      say("The next run, once the lease was over: every version of every record once", begin);
      System.out.printf(
          "  peak memory of the last process: %d MB%n",
          process.peakResidentBytes() / (1024 * 1024));
    }

    LogChecks.check(folder);
    var everything = deployment.everything();
    everything.put("Plan", deployment.plan());
    everything.put("Answers", answers.toString());
    everything.put("Log", LogChecks.read(folder.resolve("stdout")));
    everything.put("Log of errors", LogChecks.read(folder.resolve("stderr")));
    assertThat(everything)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            (where, text) ->
                assertThat(text).as(where).doesNotContain("canary").doesNotContain("7d4e"));
    say("The source's password is in none of " + everything.size() + " places", begin);
  }

  private void remember(ExampleApi api) {
    for (String table : List.of("events", "users", "orders")) {
      versions.put(
          table,
          new ArrayList<>(api.store().records(table).stream().map(SourceRecord::tree).toList()));
    }
  }

  private void write(ExampleApi api, String table, String json) {
    versions
        .computeIfAbsent(table, name -> new ArrayList<>())
        .add(api.store().write(table, SourceRecord.of(json)).tree());
  }

  private JsonNode report(Answer answer) {
    answers.add(answer.body());
    return answer.json();
  }

  private void assertExact(BucketLake lake, ExampleApi api, JsonNode report) {
    assertThat(outcomes(report)).containsOnly("CAUGHT_UP").hasSize(TABLES.size());
    assertThat(lake.records("products"))
        .containsExactlyInAnyOrderElementsOf(
            api.store().records("products").stream().map(SourceRecord::tree).toList());
    versions.keySet().forEach(table -> assertVersions(lake, table));
    // This table goes on into the future, a record a minute.
    Instant startedAt = Instant.parse(report.path("started_at").asText());
    String now = ExampleApi.timestamp(startedAt.truncatedTo(ChronoUnit.SECONDS));
    assertThat(lake.records("metrics"))
        .containsExactlyInAnyOrderElementsOf(
            api.store().records("metrics").stream()
                .map(SourceRecord::tree)
                .filter(record -> record.path("updated_at").asText().compareTo(now) < 0)
                .toList());
  }

  private void assertVersions(BucketLake lake, String table) {
    assertThat(lake.records(table))
        .as(table)
        .containsExactlyInAnyOrderElementsOf(versions.getOrDefault(table, List.of()));
  }

  private static List<String> outcomes(JsonNode report) {
    return tables(report).map(table -> table.path("outcome").asText()).toList();
  }

  private static long records(JsonNode report, List<String> names) {
    return tables(report)
        .filter(table -> names.contains(table.path("as").asText()))
        .mapToLong(table -> table.path("records").asLong())
        .sum();
  }

  private static Stream<JsonNode> tables(JsonNode report) {
    return report.path("tables").valueStream();
  }

  private static void say(String text, Instant begin) {
    System.out.printf("%4d s  %s%n", Duration.between(begin, Instant.now()).toSeconds(), text);
  }
}
