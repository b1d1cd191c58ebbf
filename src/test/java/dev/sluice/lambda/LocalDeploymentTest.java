package dev.sluice.lambda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.lambda.FunctionAnswer.Kind;
import dev.sluice.spi.SourceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

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
@Tag("process")
class LocalDeploymentTest {
  private static final String PIPELINE = "example-local";
  private static final String SECRET = "canary \"7d4e\" of the source";
  private static final List<String> TABLES =
      List.of("products", "events", "users", "orders", "metrics");

  /** What a group of messages is named by, before the table. */
  private static final String GROUP = PIPELINE + "/";

  /** In the middle of the orders. */
  private static final int PAGES_BEFORE_THE_KILL = 13;

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

    try (var scheduled = deployment.function("scheduled-sync", folder).start()) {
      try (var process = deployment.function("event-sync", folder).start()) {
        syncEach(deployment, process, queued(deployment, scheduled, event), api);
        say(
            "The schedule's event %s queued %d messages, which brought %d records"
                .formatted(event, TABLES.size(), records(lake)),
            begin);

        int objects = growing(lake);
        syncEach(deployment, process, queued(deployment, scheduled, event), api);
        assertThat(growing(lake)).isEqualTo(objects);
        say("The same event again: nothing new", begin);

        write(api, "users", "{\"user_id\": \"user_0007\", \"email\": \"new@example.com\"}");
        deployment.nudge(
            GROUP + "users", "{\"pipeline\": \"%s\", \"table\": \"users\"}".formatted(PIPELINE));
        syncEach(deployment, process, deployment.nudges(), api);
        say("Another message brought the user that had changed", begin);

        for (int i = 0; i < 600; i++) {
          write(
              api,
              "orders",
              "{\"order_id\": \"late_%04d\", \"user_id\": \"user_0001\"}".formatted(i));
        }
        objects = lake.batches("orders").size();
        var messages = queued(deployment, scheduled, event);
        Message orders = requireNonNull(messages.get(GROUP + "orders"));
        api.traffic().beforePage(PAGES_BEFORE_THE_KILL, process::kill);
        FunctionAnswer killed = process.invoke(deployment.event(orders), Duration.ofSeconds(20));
        assertThat(killed.kind()).isEqualTo(Kind.DIED);
        messages.values().forEach(deployment::show);
        int left = lake.batches("orders").size() - objects;
        assertThat(left).isBetween(1, 5);
        say("Killed while it read 600 new orders; objects of theirs that it left: " + left, begin);
      }
    }
    try (var process = deployment.function("event-sync", folder).start()) {
      var messages = deployment.nudges();
      assertThat(requireNonNull(messages.get(GROUP + "orders")).attributesAsStrings())
          .containsEntry("ApproximateReceiveCount", "2");
      Instant before = Instant.now();
      syncEach(deployment, process, messages);
      // The killed run has the table for as long as its invocation might have taken.
      var resumption = deployment.resumption();
      assertThat(resumption.target().arn())
          .isEqualTo(deployment.output("functions/event-sync/alias_arn"));
      Instant at = at(resumption.scheduleExpression());
      assertThat(at).isBefore(Instant.now().plusSeconds(60));
      Thread.sleep(Math.max(0, Duration.between(Instant.now(), at).toMillis()));
      FunctionAnswer answer = process.invoke(resumption.target().input());
      answers.add(answer.body());
      assertThat(answer.json().findValuesAsText("outcome")).containsExactly("CAUGHT_UP");
      assertExact(lake, api, before);
      say(
          "The message again, and its resumption once the lease was over:"
              + " every version of every record once",
          begin);
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

  /** Has the function queue the tables, and takes the messages as Lambda does. */
  private Map<String, Message> queued(
      LocalDeployment deployment, LambdaProcess scheduled, String event) {
    FunctionAnswer answer = scheduled.invoke(event);
    answers.add(answer.body());
    assertThat(answer.json().path("queued")).extracting(JsonNode::asText).isEqualTo(TABLES);
    var messages = deployment.nudges();
    assertThat(messages)
        .containsOnlyKeys(TABLES.stream().map(table -> GROUP + table).toArray(String[]::new));
    return messages;
  }

  /** Each message by itself, as with a batch size of 1, until all tables have caught up. */
  private void syncEach(
      LocalDeployment deployment,
      LambdaProcess process,
      Map<String, Message> messages,
      ExampleApi api) {
    Instant before = Instant.now();
    syncEach(deployment, process, messages);
    assertExact(deployment.lake(PIPELINE), api, before);
  }

  private void syncEach(
      LocalDeployment deployment, LambdaProcess process, Map<String, Message> messages) {
    messages.forEach(
        (group, message) -> {
          FunctionAnswer answer = process.invoke(deployment.event(message));
          answers.add(answer.body());
          assertThat(answer.json()).as(group).hasToString("{\"batchItemFailures\":[]}");
          deployment.delete(message);
        });
  }

  private void assertExact(BucketLake lake, ExampleApi api, Instant before) {
    assertThat(lake.records("products"))
        .containsExactlyInAnyOrderElementsOf(
            api.store().records("products").stream().map(SourceRecord::tree).toList());
    versions.keySet().forEach(table -> assertVersions(lake, table));
    // This table goes on into the future, a record a minute.
    assertThat(lake.records("metrics"))
        .doesNotHaveDuplicates()
        .containsAll(metrics(api, before))
        .isSubsetOf(metrics(api, Instant.now()));
  }

  private static List<JsonNode> metrics(ExampleApi api, Instant until) {
    String end = ExampleApi.timestamp(until.truncatedTo(ChronoUnit.SECONDS));
    return api.store().records("metrics").stream()
        .map(SourceRecord::tree)
        .filter(record -> record.path("updated_at").asText().compareTo(end) < 0)
        .toList();
  }

  private void assertVersions(BucketLake lake, String table) {
    assertThat(lake.records(table))
        .as(table)
        .containsExactlyInAnyOrderElementsOf(versions.getOrDefault(table, List.of()));
  }

  private static int records(BucketLake lake) {
    return TABLES.stream().mapToInt(table -> lake.records(table).size()).sum();
  }

  /** Objects of the tables that grow when somebody writes, and only then. */
  private int growing(BucketLake lake) {
    return versions.keySet().stream().mapToInt(table -> lake.batches(table).size()).sum();
  }

  private static Instant at(String expression) {
    return Instant.parse(expression.replaceFirst("^at\\((.*)\\)$", "$1Z"));
  }

  private static void say(String text, Instant begin) {
    System.out.printf("%4d s  %s%n", Duration.between(begin, Instant.now()).toSeconds(), text);
  }
}
