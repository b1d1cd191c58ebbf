package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.ConnectorException;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rate limit that is too low for a table: every hour brings some of it. */
class LowLimitTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "issues, 300, 5, 10",
    "comments, 300, 5, 10",
    "pull_requests, 300, 60, 2",
    "reviews, 300, 100, 10",
    "commits, 300, 30, 30",
    "branches, 300, 45, 10"
  })
  void everyHourMakesProgress(String table, int count, int limit, int perPage) {
    GitHubList list = GitHubList.valueOf(table.toUpperCase(Locale.ROOT));
    try (var gitHub =
        GitHubStandIn.start(0, InstantSource.fixed(DAY), GitHubStandIn.Text.COMPACT)) {
      gitHub
          .table(list)
          .replaceAll(
              IntStream.range(0, count)
                  .mapToObj(key -> RowSpec.of(key, DAY.minus(Duration.ofDays(count - key))))
                  .toList());
      var reader = GitHubReader.ofHello(gitHub, table).with("per_page", "" + perPage);

      for (int hour = 0; reader.records().size() < count; hour++) {
        gitHub.rateLimit(limit, DAY.plus(Duration.ofHours(hour + 1)), 403);
        int before = reader.records().size();
        try {
          reader.read(DAY.plus(Duration.ofHours(hour)));
        } catch (ConnectorException e) {
          assertThat(e.resumeAt()).isPresent();
        }
        assertThat(reader.records()).as("after %d hours", hour + 1).hasSizeGreaterThan(before);
      }
      assertThat(reader.records()).hasSize(count);
    }
  }
}
