package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.lambda.FunctionAnswer.Kind;
import dev.sluice.lambda.LambdaProcess.Settings;
import dev.sluice.proof.IssueServer;
import dev.sluice.spi.SourceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged functions in processes of their own, with S3 and DynamoDB in this one.
 *
 * <p>The large sync takes its number of records from the system property {@code lambda.records}.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's Java runtime is made for Linux")
@Timeout(180)
@Tag("process")
@Tag("aws")
class RuntimeInterfaceTest {
  private static final int RECORDS = Integer.getInteger("lambda.records", 30_000);
  private static final List<String> QUIET = List.of("products", "events", "users", "orders");

  private static Account account;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    account = new Account().parameter("password", "anything");
  }

  @AfterAll
  static void close() {
    account.close();
  }

  private Settings settings(String function) {
    return new Settings(folder, function).with(account.environment());
  }

  private static BucketLake deploy(String name, ExampleApi api) {
    return account.deploy(
        name,
        """
        connector: example
        connection:
          base_url: %s
          username: anybody
          password: ${ssm:password}
        tables:
          - table: products
          - table: events
            options: { max_records_per_batch: 10 }
          - table: users
            options: { max_records_per_batch: 10 }
          - table: orders
            options: { max_records_per_batch: 10 }
        """
            .formatted(api.baseUri()));
  }

  private static String event(String pipeline) {
    return "{\"pipeline\": \"%s\"}".formatted(pipeline);
  }

  private static void assertExact(BucketLake lake, ExampleApi api) {
    for (String table : QUIET) {
      assertThat(lake.records(table))
          .as(table)
          .containsExactlyInAnyOrderElementsOf(
              api.store().records(table).stream().map(SourceRecord::tree).toList());
    }
  }

  private static List<String> outcomes(JsonNode report) {
    return report.path("tables").valueStream().map(t -> t.path("outcome").asText()).toList();
  }

  private static long records(JsonNode report) {
    return report.path("tables").valueStream().mapToLong(t -> t.path("records").asLong()).sum();
  }

  /** What of a report does not differ by run. */
  private static JsonNode timeless(JsonNode report) {
    ObjectNode copy = report.deepCopy();
    copy.remove(List.of("run_id", "started_at"));
    copy.path("tables")
        .forEach(
            table ->
                ((ObjectNode) table)
                    .remove(List.of("duration_ms", "lag_seconds", "newest_record_age_seconds")));
    return copy;
  }

  @Test
  void everythingIsBroughtOnceAndAWarmInvocationEqualsAColdOne() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      var lake = deploy("once", api);

      JsonNode first;
      JsonNode warm;
      try (var process = settings("scheduled-sync").start()) {
        first = process.invoke(event("once")).json();
        warm = process.invoke(event("once")).json();
      }
      JsonNode cold;
      try (var process = settings("scheduled-sync").start()) {
        cold = process.invoke(event("once")).json();
      }

      assertThat(outcomes(first)).containsOnly("CAUGHT_UP").hasSize(4);
      assertThat(records(first)).isEqualTo(53 + 101 + 37 + 103);
      assertExact(lake, api);
      assertThat(QUIET.stream().skip(1).map(table -> lake.batches(table).size()))
          .allMatch(batches -> batches > 2);
      assertThat(timeless(warm)).isEqualTo(timeless(cold));
      assertThat(outcomes(warm)).containsOnly("CAUGHT_UP");
      assertThat(warm.path("run_id")).isNotEqualTo(first.path("run_id"));
      LogChecks.check(folder);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9})
  void killLosesAndDoublesNothing(int pages) {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      String pipeline = "killed-" + pages;
      var lake = deploy(pipeline, api);

      try (var process = settings("scheduled-sync").start()) {
        api.traffic().beforePage(pages, process::kill);
        assertThat(process.invoke(event(pipeline)).kind()).isEqualTo(Kind.DIED);
      }
      account.endLeases();
      JsonNode report;
      try (var process = settings("scheduled-sync").start()) {
        report = process.invoke(event(pipeline)).json();
      }

      assertThat(outcomes(report)).containsOnly("CAUGHT_UP");
      assertExact(lake, api);
    }
  }

  @Test
  void largeSourceIsReadInPiecesThatEndInTimeAndFitIntoMemory() throws Exception {
    try (var server = new IssueServer(RECORDS, Duration.ofMillis(20));
        var process = settings("scheduled-sync").start()) {
      var lake =
          account.deploy(
              "large",
              """
              connector: github
              connection:
                base_url: %s
                token: ${ssm:password}
              tables:
                - table: issues
                  options: { owner: o, repo: r, per_page: 100, max_records_per_batch: 2000 }
              """
                  .formatted(server.url()));
      assertThat(process.invoke(event("none of ours")).kind()).isEqualTo(Kind.ERROR); // is warm

      JsonNode report = process.invoke(event("large"), Duration.ofSeconds(6)).json();

      assertThat(outcomes(report)).containsExactly("OUT_OF_TIME");
      assertThat(records(report)).isLessThan(RECORDS);
      int invocations = 1;
      do {
        report = process.invoke(event("large")).json();
        invocations++;
      } while (outcomes(report).contains("OUT_OF_TIME"));
      assertThat(outcomes(report)).containsExactly("CAUGHT_UP");
      var ids = lake.records("issues").stream().map(issue -> issue.path("id").asLong()).toList();
      assertThat(ids).doesNotHaveDuplicates().hasSize(RECORDS);
      assertThat(process.peakResidentBytes()).isLessThan(512 * 1024 * 1024);
      System.out.printf(
          "%d records in %d invocations, peak %d MB of memory%n",
          RECORDS, invocations, process.peakResidentBytes() / (1024 * 1024));
    }
  }

  private static List<String> hostileEvents() {
    return List.of(
        "null",
        "[]",
        "\"text\"",
        "{}",
        "{\"pipeline\": 1}",
        "{\"pipeline\": \"unknown\"}",
        "{\"pipeline\": \"../../etc/passwd\"}",
        "{\"pipeline\": \"hostile\", \"tables\": [\"unknown\"]}",
        "{\"pipeline\": \"hostile\", \"tables\": \"users\"}",
        "{\"pipeline\": \"${env:PASSWORD}\"}",
        "{\"pipeline\": \"" + "x".repeat(200_000) + "\"}",
        "[".repeat(5_000) + "]".repeat(5_000));
  }

  @Test
  void eventThatIsNoneIsAnErrorAndTheNextOneIsServed() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable());
        var process = process("scheduled-sync")) {
      deploy("hostile", api);

      assertThat(hostileEvents())
          .allSatisfy(
              event -> {
                var refused = process.invoke(event);
                assertThat(refused.kind()).isEqualTo(Kind.ERROR);
                assertThat(refused.errorMessage()).isNotBlank().hasSizeLessThan(2_000);
              });
      assertThat(outcomes(process.invoke(event("hostile")).json())).containsOnly("CAUGHT_UP");
    }
    LogChecks.check(folder);
  }

  private LambdaProcess process(String function) {
    return settings(function).start();
  }

  @Test
  void messagesOfAQueueAreSyncsAndOnlyTheBadOneComesBack() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable());
        var process = process("event-sync")) {
      var lake = deploy("nudged", api);

      var answer =
          process.invoke(
              QueueEvent.of(
                  "{\"pipeline\": \"nudged\", \"table\": \"users\"}",
                  "{\"pipeline\": \"nudged\", \"table\": \"unknown\"}",
                  "{\"pipeline\": \"nudged\", \"table\": \"orders\"}"));

      assertThat(answer.json())
          .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-1\"}]}");
      assertThat(lake.records("users")).hasSize(37);
      assertThat(lake.records("orders")).hasSize(103);
      assertThat(lake.batches("events")).isEmpty();
    }
    LogChecks.check(folder);
  }

  @Test
  void processThatIsRestoredFromASnapshotTakesItsTimeFromTheInvocation() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable());
        var process =
            settings("scheduled-sync")
                .with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
                .start()) {
      deploy("restored", api);

      process.awaitSnapshot();
      Instant restoredAt = Instant.now();
      JsonNode report = process.restoreAndInvoke(event("restored")).json();

      assertThat(outcomes(report)).containsOnly("CAUGHT_UP");
      assertThat(Instant.parse(report.path("started_at").asText())).isAfter(restoredAt);
    }
    assertThat(LogChecks.events(folder).getFirst().path("cold_start").asBoolean()).isTrue();
  }
}
