package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of large records, which GitHub answers with 502. */
@Execution(ExecutionMode.CONCURRENT)
class GitHubHeavyPagesTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  /** A run of one microbatch each, so that each begins with a whole page again. */
  @ParameterizedTest
  @CsvSource({
    "issues, id, 1000000, 100",
    "issues, id, 40, 1",
    "comments, id, 40, 1",
    "pull_requests, id, 1000000, 100",
    "pull_requests, id, 40, 1",
    "branches, name, 1000000, 100",
    "branches, name, 40, 1",
    "commits, sha, 1000000, 1"
  })
  void allArriveInPagesThatGitHubGives(String table, String id, int cap, int batches) {
    GitHubList list = GitHubList.valueOf(table.toUpperCase(Locale.ROOT));
    try (var gitHub = GitHubStandIn.start()) {
      gitHub
          .table(list)
          .replaceAll(
              IntStream.range(0, 230)
                  .mapToObj(key -> RowSpec.of(key, DAY.minus(Duration.ofHours(230 - key))))
                  .toList());
      gitHub.refuse("per_page=(100|50)(&.*)?$", 502, "Server Error");
      List<String> warnings = new ArrayList<>();
      var reader = GitHubReader.ofHello(gitHub, table).cap(cap).warningTo(warnings::add);

      for (int run = 0; run < 30; run++) {
        reader.read(DAY, batches);
      }

      assertThat(texts(reader.records(), id)).hasSize(230).doesNotHaveDuplicates();
      assertThat(warnings)
          .hasSizeBetween(1, 30)
          .allMatch(text -> text.contains("now of 25") && text.contains("status 502"));
    }
  }
}
