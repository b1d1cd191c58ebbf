package dev.sluice.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The report's JSON, which scripts read: a contract to the byte. */
class TableReportTest {
  private static final Instant STARTED = Instant.parse("2026-05-01T12:00:00Z");

  private static TableReport report(Ending ending, TableCounts counts, Optional<Duration> lag) {
    return new TableReport(
        "issues",
        "sdk_issues",
        ending,
        counts,
        Checkpoint.START,
        new Checkpoint(2, 3, Offset.parse("{\"cursor\":\"2026-05-01T11:58:30Z\",\"n\":1.50}")),
        Duration.ofMillis(1234),
        new Timeliness(lag, lag.map(known -> known.multipliedBy(2))),
        List.of("Two are left out"));
  }

  private static String json(TableReport report) {
    return new InvocationReport("acme", "run-1", STARTED, List.of(report)).json();
  }

  @Test
  void everyFieldHasItsPlace() {
    var ending =
        new Ending(
            Outcome.RATE_LIMITED,
            Optional.of(STARTED.plusSeconds(60)),
            Optional.of(new TableError(TableError.Kind.ACCESS_DENIED, "No \"token\"")));

    String json =
        json(
            report(
                ending, new TableCounts(10, 2, 300, 3, 4, 1), Optional.of(Duration.ofSeconds(90))));

    assertThat(json)
        .isEqualTo(
            "{\"pipeline\":\"acme\",\"run_id\":\"run-1\",\"started_at\":\"2026-05-01T12:00:00Z\",\"tables\":["
                + "{\"table\":\"issues\",\"as\":\"sdk_issues\",\"outcome\":\"RATE_LIMITED\","
                + "\"records\":10,\"deletes\":2,\"bytes\":300,\"batches\":3,\"requests\":4,\"retries\":1,"
                + "\"offset_before\":{},\"offset_after\":{\"cursor\":\"2026-05-01T11:58:30Z\",\"n\":1.50},\"generation\":2,\"sequence\":3,\"duration_ms\":1234,\"lag_seconds\":90,\"newest_record_age_seconds\":180,\"warnings\":[\"Two"
                + " are left out\"],"
                + "\"resume_at\":\"2026-05-01T12:01:00Z\",\"error\":{\"kind\":\"CONFIGURATION\",\"message\":\"No"
                + " \\\"token\\\"\"}}]}");
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    String json = json(report(Ending.of(Outcome.CAUGHT_UP), TableCounts.NONE, Optional.empty()));

    assertThat(json)
        .endsWith(
            "\"generation\":2,\"sequence\":3,\"duration_ms\":1234,\"warnings\":[\"Two are left"
                + " out\"]}]}")
        .doesNotContain("lag_seconds", "resume_at", "error");
  }
}
