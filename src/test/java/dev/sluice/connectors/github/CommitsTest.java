package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits: by windows of time at first, then by what the tip has newly reached. */
class CommitsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  private static void fill(GitHubStandIn gitHub, int count) {
    gitHub
        .table(GitHubList.COMMITS)
        .replaceAll(
            IntStream.range(0, count)
                .mapToObj(key -> RowSpec.of(key, DAY.minus(Duration.ofDays(count - key))))
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
      SourceRecord branch = GitHubRecords.of(GitHubList.BRANCHES, RowSpec.of(1, DAY));
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
      int requests = gitHub.wire().requests();

      assertThat(commits.read(nextYear.plusSeconds(300))).isEmpty();
      assertThat(gitHub.wire().requests() - requests).isEqualTo(1);
    }
  }

  private static void put(GitHubStandIn gitHub, int key, Instant committed) {
    gitHub.table(GitHubList.COMMITS).put(RowSpec.of(key, committed));
  }

  private static void assertWhole(GitHubStandIn gitHub, GitHubReader commits) {
    assertThat(texts(commits.records(), "sha"))
        .containsExactlyInAnyOrderElementsOf(texts(commits(gitHub), "sha"));
  }

  @Test
  void commitsOfAMergedBranchComeHoweverOldTheyAre() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      commits.read(DAY);
      put(gitHub, 100, DAY.minus(Duration.ofDays(400)));
      put(gitHub, 101, DAY.plusSeconds(60));
      commits.read(DAY.plusSeconds(3_600));
      put(gitHub, 102, DAY.minus(Duration.ofHours(20)));

      assertThat(commits.read(DAY.plusSeconds(7_200))).hasSize(1);
      assertWhole(gitHub, commits);
    }
  }

  @Test
  void olderCommitsThatAreMergedDuringTheFirstLoadComeAfterIt() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 200);
      var commits = GitHubReader.ofHello(gitHub, "commits").cap(1);
      gitHub.wire().beforeRequest(12, () -> put(gitHub, 300, DAY.minus(Duration.ofDays(190))));
      commits.read(DAY);
      commits.read(DAY.plusSeconds(3_600));

      assertWhole(gitHub, commits);
    }
  }

  @Test
  void commitsThatAreDatedAheadOfTheClockComeAtOnce() {
    try (var gitHub = GitHubStandIn.start()) {
      put(gitHub, 1, DAY.plusSeconds(7));
      put(gitHub, 2, DAY.minusSeconds(7));
      put(gitHub, 3, DAY.plus(Duration.ofDays(900)));
      var commits = GitHubReader.ofHello(gitHub, "commits");

      commits.read(DAY);
      assertWhole(gitHub, commits);
      put(gitHub, 4, DAY.plus(Duration.ofDays(800)));
      commits.read(DAY.plusSeconds(60));
      assertWhole(gitHub, commits);
    }
  }

  @Test
  void startDateHoldsForWhatIsPushedLater() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      Instant start = DAY.minus(Duration.ofDays(5));
      var commits = GitHubReader.ofHello(gitHub, "commits").with("start_date", start.toString());
      commits.read(DAY);
      put(gitHub, 100, start.minusSeconds(1));
      put(gitHub, 101, start);

      assertThat(commits.records()).hasSize(5);
      assertThat(commits.read(DAY.plusSeconds(60))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void manyNewCommitsGoOnWhereTheMicrobatchEnded(int perPage) {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits").with("per_page", "" + perPage).cap(4);
      commits.read(DAY);
      IntStream.range(100, 130).forEach(key -> put(gitHub, key, DAY.minusSeconds(100L * key)));
      gitHub.wire().beforeRequest(4, () -> put(gitHub, 200, DAY.minusSeconds(15_000)));
      commits.read(DAY.plusSeconds(60));
      commits.read(DAY.plusSeconds(120));

      assertWhole(gitHub, commits);
    }
  }

  @Test
  void forcedPushBringsWhatTheNewBranchHasAndTheOldOneHadNot() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      commits.read(DAY);
      gitHub.table(GitHubList.COMMITS).delete(18, DAY);
      gitHub.table(GitHubList.COMMITS).delete(19, DAY);
      put(gitHub, 21, DAY.minus(Duration.ofDays(2)));

      assertThat(commits.read(DAY.plusSeconds(60))).hasSize(1);
    }
  }

  @Test
  void branchThatIsSetBackBringsNothing() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      commits.read(DAY);
      gitHub.table(GitHubList.COMMITS).delete(19, DAY);

      assertThat(commits.read(DAY.plusSeconds(60))).isEmpty();
      put(gitHub, 21, DAY);
      assertThat(commits.read(DAY.plusSeconds(120))).hasSize(1);
    }
  }

  @Test
  void allIsReadAgainWhenTheOldTipIsGone() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      List<String> warnings = new ArrayList<>();
      var commits = GitHubReader.ofHello(gitHub, "commits").warningTo(warnings::add);
      commits.read(DAY);
      gitHub.table(GitHubList.COMMITS).delete(19, DAY);
      put(gitHub, 21, DAY.minus(Duration.ofDays(9)));
      gitHub.collectGarbage("octo/hello");

      assertThat(commits.read(DAY.plusSeconds(60))).hasSize(20);
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("All commits of octo/hello are read again")
          .contains("status 404");
    }
  }

  @Test
  void allIsReadAgainWhenGitHubDoesNotListAllThatIsNew() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      commits.read(DAY);
      int many = RepositoryLists.MOST_COMPARED + 50;
      IntStream.range(100, 100 + many).forEach(key -> put(gitHub, key, DAY.minusSeconds(key)));
      commits.read(DAY.plusSeconds(60));

      assertThat(texts(commits.records(), "sha")).containsAll(texts(commits(gitHub), "sha"));
    }
  }

  /** An earlier release had windows only. */
  @Test
  void offsetOfWindowsGoesOn() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      Instant until = DAY.minus(Duration.ofDays(4));
      var commits =
          GitHubReader.ofHello(gitHub, "commits")
              .from(
                  Offset.parse(
                      "{\"run\":\"%1$s\",\"parents\":{\"octo/hello\":{\"cursor\":\"%1$s\",\"run\":\"%1$s\",\"lookback\":\"PT5M\"}}}"
                          .formatted(until)));

      assertThat(commits.read(DAY)).hasSize(4);
      put(gitHub, 100, DAY.minus(Duration.ofDays(300)));
      assertThat(commits.read(DAY.plusSeconds(60))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void repositoryThatIsUnavailableForAMomentLosesNothing(int request) {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 20);
      var commits = GitHubReader.ofHello(gitHub, "commits");
      commits.read(DAY);
      put(gitHub, 100, DAY);
      gitHub
          .wire()
          .beforeRequest(
              request,
              () ->
                  gitHub
                      .wire()
                      .fail(
                          new Fault.Answer(
                              409, Map.of(), "{\"message\":\"Repository is unavailable\"}")));

      assertThatThrownBy(() -> commits.read(DAY.plusSeconds(60)))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
          .hasMessageContaining("octo/hello");
      gitHub.wire().recover();
      commits.read(DAY.plusSeconds(120));
      assertWhole(gitHub, commits);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-01-01T00:00:00Z"})
  void emptyRepositoryIsReadOnceSomethingIsPushed(String startDate) {
    try (var gitHub = GitHubStandIn.start()) {
      var hello = GitHubReader.ofHello(gitHub, "commits");
      var commits = startDate.isEmpty() ? hello : hello.with("start_date", startDate);
      commits.read(DAY);
      assertThat(gitHub.wire().requests()).isEqualTo(1);
      fill(gitHub, 20);
      commits.read(DAY.plusSeconds(60));

      assertWhole(gitHub, commits);
    }
  }

  @Test
  void moreThanAHundredPerPageCountAsAHundred() {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, 3);
      var commits = GitHubReader.ofHello(gitHub, "commits").with("per_page", "500");
      commits.read(DAY);
      put(gitHub, 9, DAY);
      commits.read(DAY.plusSeconds(60));

      assertWhole(gitHub, commits);
      assertThat(gitHub.takeUndescribed()).isEmpty();
    }
  }
}
