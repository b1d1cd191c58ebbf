package dev.sluice.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.functions.Deployment;
import dev.sluice.functions.FunctionResult;
import dev.sluice.functions.Functions;
import dev.sluice.pipeline.Connectors;
import dev.sluice.runtime.Cancellation;
import io.quarkus.test.junit.QuarkusTest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invocations that the platform leaves less time than the source needs: each ends in its time, and
 * together they are exact. {@code -Dsluice.proof.records=100000} is the long one.
 */
@QuarkusTest
final class TimeLimitTest {
  private static final int RECORDS = Integer.getInteger("sluice.proof.records", 9_000);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration LATENCY = Duration.ofMillis(30);
  private static final int MOST_INVOCATIONS = 200;

  @TempDir Path folder;

  @Test
  void manyShortInvocationsTogetherAreExact() throws Exception {
    try (var source = new IssueServer(RECORDS, LATENCY)) {
      Files.writeString(
          folder.resolve("issues.yaml"),
          """
          name: issues
          connector: github
          connection:
            base_url: %s
            token: ${env:TOKEN}
          destination:
            uri: "file:%s"
          tables:
            - table: issues
              options: { owner: o, repo: r, max_records_per_batch: 1000 }
          """
              .formatted(source.url(), folder.resolve("lake")));

      var durations = new ArrayList<Duration>();
      String outcome = "";
      while (!outcome.equals("CAUGHT_UP")) {
        assertThat(durations).as("invocations so far").hasSizeLessThan(MOST_INVOCATIONS);
        Instant begin = Instant.now();
        outcome = invoke().answer().at("/tables/0/outcome").asText();
        durations.add(Duration.between(begin, Instant.now()));
        assertThat(outcome).isIn("CAUGHT_UP", "OUT_OF_TIME");
      }

      assertThat(durations).as("invocations").hasSizeGreaterThan(1);
      assertThat(durations).allSatisfy(time -> assertThat(time).isLessThan(LIMIT));
      var lines = new LakeFolder(folder.resolve("lake/issues/issues/data")).lines();
      assertThat(lines).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  private FunctionResult invoke() {
    var deployment =
        new Deployment(
            Map.of("SLUICE_PIPELINES", folder.toString(), "TOKEN", "any"),
            InstantSource.system(),
            () -> UUID.randomUUID().toString(),
            Connectors.installed(),
            new Cancellation(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    return Functions.invoke(
        "scheduled-sync", "{\"pipeline\": \"issues\"}", deployment, Optional.of(LIMIT));
  }
}
