package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.Row;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commits, by windows of time. */
@QuarkusTest
class CommitsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  private static void fill(GitHubStandIn gitHub, int count) {
    gitHub
        .table(GitHubList.COMMITS)
        .replaceAll(
            IntStream.range(0, count)
                .mapToObj(key -> Row.of(key, DAY.minus(Duration.ofDays(count - key))))
                .toList());
  }

  /** Both bounds of the source are inclusive. */
  @Test
  void commitOnTheEdgeOfTwoWindowsComesOnce() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits =
          GitHubReader.ofHello(gitHub, "commits")
              .with("window_seconds", String.valueOf(Duration.ofDays(1).toSeconds()))
              .with("start_date", DAY.minus(Duration.ofDays(20)).toString());

      commits.read(DAY);

      assertThat(texts(commits.records(), "sha")).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void branchIsReadInPlaceOfTheDefaultOne() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      SourceRecord branch = GitHubRecords.of(GitHubList.BRANCHES, Row.of(1, DAY));
      String tip = texts(commits(gitHub), "sha").get(5);
      gitHub.serve(
          GitHubList.BRANCHES,
          List.of(
              SourceRecord.of(
                  branch.json().replace(branch.text("commit.sha").orElseThrow(), tip))));
      var commits =
          GitHubReader.ofHello(gitHub, "commits").with("branch", branch.text("name").orElseThrow());

      assertThat(texts(commits.read(DAY), "sha")).hasSize(6).contains(tip);
    }
  }

  /** Oldest first. */
  private static List<SourceRecord> commits(GitHubStandIn gitHub) {
    return gitHub.table(GitHubList.COMMITS).truth().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Test
  void branchThatIsNotThereIsAnError() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 3);

      assertThatThrownBy(
              () -> GitHubReader.ofHello(gitHub, "commits").with("branch", "nope").read(DAY))
          .hasMessageContaining("No commit found for SHA: nope");
    }
  }

  @Test
  void refusalOfTheVeryFirstRequestIsNoEmptyRepository() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 3);
      gitHub
          .wire()
          .fail(new Fault.Answer(403, Map.of(), "{\"message\":\"Resource not accessible\"}"));

      assertThatThrownBy(() -> GitHubReader.ofHello(gitHub, "commits").read(DAY))
          .hasMessageContaining("Resource not accessible");
    }
  }

  /** Windows that were empty once are not read again. */
  @Test
  void quietRepositoryCostsOneRequestARun() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      Instant nextYear = DAY.plus(Duration.ofDays(365));
      commits.read(DAY);
      commits.read(nextYear);
      int requests = gitHub.wire().requests();

      assertThat(commits.read(nextYear.plusSeconds(300))).isEmpty();
      assertThat(gitHub.wire().requests() - requests).isEqualTo(1);
    }
  }
}
