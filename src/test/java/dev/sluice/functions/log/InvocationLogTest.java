package dev.sluice.functions.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.Printed;
import dev.sluice.functions.log.PlatformInvocation.Start;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.TableCounts;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.runtime.report.Timeliness;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector.Reached;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InvocationLogTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final Offset OFFSET = Offset.parse("{\"cursor\": \"the value of a record\"}");

  private final Printed printed = new Printed();
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "AWS_LAMBDA_FUNCTION_NAME", "sluice-scheduled-sync",
              "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"));

  @AfterEach
  void end() {
    PlatformInvocation.end();
  }

  private InvocationLog log() {
    var clock = InstantSource.fixed(NOW);
    var lines = LogLines.of(variables, printed.stream(), clock);
    return new InvocationLog(lines, variables, clock, "acme", "run-1");
  }

  private static TableReport report(Outcome outcome) {
    return new TableReport(
        "issues",
        "sdk_issues",
        outcome == Outcome.FAILED
            ? Ending.of(outcome, new TableError(TableError.Kind.PROTOCOL, "No array\nin the body"))
            : Ending.of(outcome),
        new TableCounts(10, 2, 300, 3, 4, 1),
        Checkpoint.START,
        new Checkpoint(1, 3, OFFSET),
        Duration.ofMillis(1234),
        new Timeliness(
            switch (outcome) {
              case CAUGHT_UP -> Optional.of(Duration.ZERO);
              case OUT_OF_TIME, RATE_LIMITED, FAILED -> Optional.of(Duration.ofSeconds(90));
              case BUSY -> Optional.empty();
            },
            Optional.of(Duration.ofSeconds(180))),
        List.of());
  }

  private static InvocationReport run(TableReport... tables) {
    return new InvocationReport("acme", "run-1", NOW, List.of(tables));
  }

  private static PipelineTable table() {
    return new PipelineTable(
        Table.named("issues"), "sdk_issues", Optional.empty(), Optional.empty());
  }

  @Test
  void lineHasTheNamesThatPowertoolsUsersKnow() {
    variables.put("POWERTOOLS_SERVICE_NAME", "ingestion");
    PlatformInvocation.begin(
        new PlatformInvocation("request-1", () -> Duration.ofSeconds(1), Start.COLD));

    log().waiting("429 from the source", Duration.ofSeconds(3));

    assertThat(printed.text())
        .isEqualTo(
            """
            {"level":"INFO","message":"Waiting","timestamp":"2026-02-03T04:05:06.000Z",\
            "service":"ingestion","cold_start":true,"function_name":"sluice-scheduled-sync",\
            "function_memory_size":"512","function_request_id":"request-1","pipeline":"acme",\
            "run_id":"run-1","reason":"429 from the source",\
            "pause_ms":3000}
            """);
  }

  @Test
  void tableIsNamedInEveryLineBetweenItsStartAndItsEnd() {
    var log = log();

    log.tableStarted(table());
    log.waiting("429 from the source", Duration.ofSeconds(3));
    log.warning("A record is dated 2099");
    log.tableFinished(report(Outcome.CAUGHT_UP));
    log.warning("Behind it");

    assertThat(printed.events())
        .extracting(line -> line.path("message").asText() + " " + line.path("table").asText())
        .containsExactly(
            "Table started sdk_issues",
            "Waiting sdk_issues",
            "A record is dated 2099 sdk_issues",
            "Table finished sdk_issues",
            "Behind it ");
    assertThat(printed.events().get(1).path("pause_ms").asLong()).isEqualTo(3000);
    assertThat(printed.events().get(2).path("level").asText()).isEqualTo("WARN");
  }

  @Test
  void finishedTableIsReportedWithItsNumbersAndWithoutOffsets() {
    log().tableFinished(report(Outcome.FAILED));

    JsonNode line = printed.events().getFirst();
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("outcome").asText()).isEqualTo("FAILED");
    assertThat(line.path("records").asLong()).isEqualTo(10);
    assertThat(line.path("sequence").asLong()).isEqualTo(3);
    assertThat(line.path("lag_seconds").asLong()).isEqualTo(90);
    assertThat(line.path("error").path("name").asText()).isEqualTo("PROTOCOL");
    assertThat(line.path("error").path("message").asText()).isEqualTo("No array\nin the body");
    assertThat(printed.text()).doesNotContain("the value of a record");
    assertThat(printed.text()).as("its line, and that of its metrics").hasLineCount(2);
  }

  @Test
  void progressIsToldOnceForEachCommitToThoseWhoDebug() {
    variables.put("POWERTOOLS_LOG_LEVEL", "debug");
    var log = log();
    log.tableStarted(table());

    for (long batches : List.of(0L, 1L, 1L, 2L)) {
      log.progressed(
          new Progress(
              "sdk_issues",
              Flow.DATA,
              5,
              batches,
              () ->
                  new Reached(
                      Optional.empty(), Optional.empty(), Optional.of("the value of a record")),
              NOW,
              Duration.ofSeconds(9)));
    }

    assertThat(printed.events()).hasSize(3);
    assertThat(printed.text()).doesNotContain("the value of a record");
  }

  @Test
  void levelIsWhatTheEnvironmentAsksFor() {
    assertThat(LogLevel.of(Map.of())).isEqualTo(LogLevel.INFO);
    assertThat(LogLevel.of(Map.of("POWERTOOLS_LOG_LEVEL", "warning"))).isEqualTo(LogLevel.WARN);
    assertThat(LogLevel.of(Map.of("AWS_LAMBDA_LOG_LEVEL", "DEBUG"))).isEqualTo(LogLevel.DEBUG);
    assertThat(LogLevel.of(Map.of("POWERTOOLS_LOG_LEVEL", "loud"))).isEqualTo(LogLevel.INFO);

    variables.put("POWERTOOLS_LOG_LEVEL", "ERROR");
    log().warning("Nobody reads this");

    assertThat(printed.text()).isEmpty();
  }

  @Test
  void oneEventIsOneLineWhateverItsText() {
    var failure = new IllegalStateException("two\nlines \u2028 \u0085 \uD800 \"quoted\" \u0000");

    log().failed("over\r\nthree\nlines", failure);
    log().warning("x".repeat(1_000_000));

    assertThat(printed.text().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    assertThat(printed.events()).hasSize(2);
    JsonNode error = printed.events().getFirst().path("error");
    assertThat(error.path("name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("message").asText()).startsWith("two\nlines \u2028");
    assertThat(error.path("stack").asText()).contains("InvocationLogTest");
    assertThat(printed.text()).hasSizeLessThan(100_000);
  }

  @Test
  void linesOfManyThreadsStayWhole() {
    var log = log();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(i -> threads.execute(() -> log.waiting("w".repeat(i), Duration.ZERO)));
    }

    assertThat(printed.events()).hasSize(500);
  }

  @ParameterizedTest
  @EnumSource
  void metricsOfEveryOutcomeAreInTheEmbeddedMetricFormat(Outcome outcome) {
    PlatformInvocation.begin(new PlatformInvocation("request-1", () -> Duration.ofSeconds(1)));

    log().tableFinished(report(outcome));

    JsonNode metrics = printed.metrics().getFirst();
    EmbeddedMetricFormat.check(metrics);
    assertThat(metrics.path("_aws").path("Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(metrics.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Sluice");
    assertThat(metrics.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[\"pipeline\"]]");
    assertThat(metrics.path("pipeline").asText()).isEqualTo("acme");
    assertThat(metrics.path("table").asText()).isEqualTo("sdk_issues");
    assertThat(metrics.path("run_id").asText()).isEqualTo("run-1");
    assertThat(metrics.path("function_request_id").asText()).isEqualTo("request-1");
    assertThat(metrics.path("Records").asLong()).isEqualTo(10);
    assertThat(metrics.path("Bytes").asLong()).isEqualTo(300);
    assertThat(metrics.path("DurationMilliseconds").asLong()).isEqualTo(1234);
    for (String flag : List.of("CaughtUp", "OutOfTime", "RateLimited", "Busy", "Failed")) {
      assertThat(metrics.path(flag).asLong(-1))
          .as(flag)
          .isEqualTo(flag.equals(flag(outcome)) ? 1 : 0);
    }
  }

  private static String flag(Outcome outcome) {
    return switch (outcome) {
      case CAUGHT_UP -> "CaughtUp";
      case OUT_OF_TIME -> "OutOfTime";
      case RATE_LIMITED -> "RateLimited";
      case BUSY -> "Busy";
      case FAILED -> "Failed";
    };
  }

  @Test
  void tableThatIsCaughtUpDoesNotLagHoweverQuietItsSource() {
    for (Outcome outcome : List.of(Outcome.CAUGHT_UP, Outcome.OUT_OF_TIME, Outcome.BUSY)) {
      log().tableFinished(report(outcome));
    }

    assertThat(printed.metrics())
        .extracting(metrics -> metrics.path("LagSeconds").asText("none"))
        .containsExactly("0", "90", "none");
  }

  @Test
  void alarmsOnThePipelineStayWhenTablesAreDimensionsToo() {
    variables.put("SLUICE_METRIC_DIMENSIONS", "pipeline,table");
    variables.put("POWERTOOLS_METRICS_NAMESPACE", "Ingestion");

    log().tableFinished(report(Outcome.CAUGHT_UP));

    JsonNode metrics = printed.metrics().getFirst();
    EmbeddedMetricFormat.check(metrics);
    assertThat(metrics.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Ingestion");
    assertThat(metrics.at("/_aws/CloudWatchMetrics/0/Dimensions"))
        .hasToString("[[\"pipeline\"],[\"pipeline\",\"table\"]]");
  }

  @Test
  void metricsDoNotDependOnTheLevelOfTheLog() {
    variables.put("POWERTOOLS_LOG_LEVEL", "ERROR");

    log().tableFinished(report(Outcome.CAUGHT_UP));
    log().tableFinished(report(Outcome.BUSY));
    log().finished(run(report(Outcome.CAUGHT_UP), report(Outcome.BUSY)));

    assertThat(printed.events()).isEmpty();
    assertThat(printed.metrics()).hasSize(2);
  }

  @Test
  void spentResumptionsAreCounted() {
    log().resumeLimitReached("sdk_issues", 20);

    JsonNode metrics = printed.metrics().getFirst();
    EmbeddedMetricFormat.check(metrics);
    assertThat(metrics.path("ResumeLimitReached").asLong()).isEqualTo(1);
    assertThat(printed.events().getFirst().path("resumptions").asLong()).isEqualTo(20);
  }

  @Test
  void namesBecomeDimensionsThatCloudWatchTakes() {
    assertThat(DimensionValue.of("acme-github")).isEqualTo("acme-github");
    assertThat(DimensionValue.of("caf\u00e9")).isEqualTo("caf%C3%A9");
    assertThat(DimensionValue.of(":a")).isEqualTo("%3Aa");
    assertThat(DimensionValue.of("\u65e5".repeat(200))).hasSize(255);
  }
}
