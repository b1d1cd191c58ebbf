package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.functions.Functions;
import dev.sluice.functions.config.Deployment;
import dev.sluice.pipeline.Connectors;
import dev.sluice.proof.IssueServer;
import dev.sluice.runtime.Cancellation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Invocations that the platform leaves less time than the source needs: each ends in its time, the
 * checkpoint in DynamoDB tells how far it came, and together they are exact. The long one is {@code
 * -Dproof.records=100000 -Dproof.limit=2}, in seconds.
 */
@Tag("aws")
final class ShortInvocationsTest {
  private static final int RECORDS = Integer.getInteger("proof.records", 20_000);
  private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("proof.limit", 4));
  private static final Duration LATENCY = Duration.ofMillis(30);
  private static final int MOST_INVOCATIONS = 200;

  /** How an invocation ended, and where it left the checkpoint. */
  private record Step(String outcome, Duration time, long sequence, String offset) {}

  @Test
  void manyShortInvocationsTogetherAreExact() throws Exception {
    try (var source = new IssueServer(RECORDS, LATENCY);
        var account = new Account().parameter("token", "any")) {
      var lake =
          account.deploy(
              "issues",
              """
              connector: github
              connection:
                base_url: %s
                token: ${ssm:token}
              tables:
                - table: issues
                  options: { owner: o, repo: r, max_records_per_batch: 1000 }
              """
                  .formatted(source.url()));

      var steps = new ArrayList<Step>();
      do {
        assertThat(steps).as("invocations so far").hasSizeLessThan(MOST_INVOCATIONS);
        steps.add(step(account));
      } while (steps.getLast().outcome().equals("OUT_OF_TIME"));

      assertThat(steps.getLast().outcome()).isEqualTo("CAUGHT_UP");
      assertThat(steps).hasSizeGreaterThan(1);
      assertThat(steps).allSatisfy(step -> assertThat(step.time()).isLessThan(LIMIT));
      assertThat(steps).extracting(Step::sequence).isSorted();
      assertThat(offsets(steps)).doesNotHaveDuplicates();
      List<JsonNode> records = lake.records("issues");
      assertThat(records).hasSize(RECORDS);
      assertThat(records).extracting(issue -> issue.path("id").asLong()).doesNotHaveDuplicates();
      System.out.printf(
          "%d records in %d invocations of %d s, the longest took %d ms; the checkpoint stood at"
              + " %s%n",
          RECORDS,
          steps.size(),
          LIMIT.toSeconds(),
          steps.stream().mapToLong(step -> step.time().toMillis()).max().orElseThrow(),
          steps.stream().map(Step::sequence).toList());
    }
  }

  /** Of the invocations that were out of time: the last one may have found nothing new. */
  private static List<String> offsets(List<Step> steps) {
    return steps.subList(0, steps.size() - 1).stream().map(Step::offset).toList();
  }

  private static Step step(Account account) {
    Instant begin = Instant.now();
    String outcome = invoke(account).at("/tables/0/outcome").asText();
    Duration time = Duration.between(begin, Instant.now());
    // an invocation that had no time for anything leaves no item
    return account.items().stream()
        .findFirst()
        .map(
            item ->
                new Step(
                    outcome,
                    time,
                    Long.parseLong(Objects.requireNonNull(item.get("sequence")).n()),
                    Objects.requireNonNull(item.get("offset_hash")).s()))
        .orElseGet(() -> new Step(outcome, time, 0, "start"));
  }

  private static JsonNode invoke(Account account) {
    Map<String, String> variables = new TreeMap<>(Emulated.variables());
    variables.putAll(account.environment());
    var deployment =
        new Deployment(
            variables,
            InstantSource.system(),
            () -> UUID.randomUUID().toString(),
            Connectors.installed(),
            new Cancellation(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    return Functions.invoke(
            "scheduled-sync", "{\"pipeline\": \"issues\"}", deployment, Optional.of(LIMIT))
        .answer();
  }
}
