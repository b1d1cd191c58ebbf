package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories as git has them: with merges, and dates that say little. */
class CommitHistoryTest {
  private static final Instant DAY = Instant.parse("2026-03-02T10:00:00Z");
  private static final String NOT_AVAILABLE = "this diff is taking too long to generate";

  @TempDir Path folder;
  private GitRepository git;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void initialize() {
    git = new GitRepository(folder);
  }

  private GitHubReader commits(GitHubStandIn gitHub) {
    gitHub.serve("octo/hello", git);
    return GitHubReader.ofHello(gitHub, "commits").warningTo(warnings::add);
  }

  /** A chain of commits, a minute apart, the last one pushed. */
  private void chain(int from, int to) {
    for (int number = from; number <= to; number++) {
      Instant date = DAY.minus(Duration.ofMinutes(1_000L - number));
      git.commit(number, date, number == 1 ? new Integer[0] : new Integer[] {number - 1});
    }
    git.push(to);
  }

  private void assertWhole(List<SourceRecord> commits) {
    assertThat(texts(commits, "sha")).containsExactlyInAnyOrderElementsOf(git.history());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-02-01T00:00:00Z"})
  void commitThatIsYoungerThanTheOneThatBuildsOnItArrives(String startDate) {
    try (var gitHub = GitHubStandIn.start()) {
      for (int number = 1; number <= 60; number++) {
        Instant date = DAY.plusSeconds(number < 30 ? 5 - 60L * (29 - number) : 60L * (number - 30));
        Integer[] parents = number == 1 ? new Integer[0] : new Integer[] {number - 1};
        git.commit(number, number == 30 ? DAY.minusSeconds(5) : date, parents);
      }
      git.push(60);
      var all = commits(gitHub);
      var commits = startDate.isEmpty() ? all : all.with("start_date", startDate);

      commits.read(DAY.plus(Duration.ofDays(1)));

      assertThat(git.history("main", Optional.of(DAY), Optional.empty()))
          .as("what git lists of the 31 since then")
          .hasSize(30);
      assertThat(commits.records()).hasSize(60);
      assertWhole(commits.records());
    }
  }

  @Test
  void commitOf1970CostsNoRequests() {
    try (var gitHub = GitHubStandIn.start()) {
      git.commit(1, Instant.EPOCH.plusSeconds(1));
      chain(2, 250);
      var commits = commits(gitHub);

      commits.read(DAY);

      assertWhole(commits.records());
      assertThat(gitHub.requests(GitHubList.COMMITS)).isEqualTo(4);
    }
  }

  @Test
  void comparisonThatIsNeverAnsweredIsReplacedByAWalkToWhatIsKnown() {
    try (var gitHub = GitHubStandIn.start()) {
      git.commit(500, DAY.minus(Duration.ofDays(400)));
      git.commit(501, DAY.minus(Duration.ofDays(399)), 500);
      chain(1, 300);
      gitHub.refuse("/compare/", 500, NOT_AVAILABLE);
      var commits = commits(gitHub).with("per_page", "20");
      commits.read(DAY);

      for (int run = 1; run <= 3; run++) {
        chain(300 + run, 300 + run);
        int asked = gitHub.requests(GitHubList.COMMITS);
        assertThat(commits.read(DAY.plusSeconds(60L * run))).hasSize(1);
        assertThat(gitHub.requests(GitHubList.COMMITS) - asked)
            .as("the tip, three comparisons, one page of its history")
            .isEqualTo(5);
      }
      git.commit(304, DAY, 303, 501).push(304);
      assertThat(commits.read(DAY.plusSeconds(600))).as("a merge of what is old").hasSize(3);

      assertWhole(commits.records());
      assertThat(warnings)
          .hasSize(4)
          .allMatch(text -> text.contains("down to the last known one"))
          .allMatch(text -> text.contains(NOT_AVAILABLE));
    }
  }

  @Test
  void pageThatIsNeverAnsweredIsAskedForInParts() {
    try (var gitHub = GitHubStandIn.start()) {
      chain(1, 250);
      gitHub.refuse("per_page=(100|50)&.*page=[12]$", 502, "Server Error");
      var commits = commits(gitHub);

      commits.read(DAY);

      assertWhole(commits.records());
      assertThat(warnings)
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("repos/octo/hello/commits is asked for in smaller pages, now of 25")
          .contains("per_page=100")
          .contains("status 502");
    }
  }

  @Test
  void offsetOfAnEarlierReleaseGoesOnWithoutWhatTimeHasHidden() {
    try (var gitHub = GitHubStandIn.start()) {
      chain(1, 40);
      git.commit(41, DAY.minus(Duration.ofMinutes(990)), 40); // as old as the tenth
      chain(42, 60);
      String tip = git.history().getFirst();
      Instant cursor = DAY.minus(Duration.ofMinutes(950));
      var commits =
          commits(gitHub)
              .from(
                  Offset.parse(
                      "{\"parents\":{\"octo/hello\":{\"tip\":\"%s\",\"windows\":{\"cursor\":\"%s\"}}}}"
                          .formatted(tip, cursor)));

      commits.read(DAY);

      assertThat(texts(commits.records(), "sha"))
          .as("from the fiftieth on, and those that the old one hides")
          .containsAll(git.history().subList(0, 11))
          .containsAll(git.history().subList(20, 49))
          .doesNotHaveDuplicates();
    }
  }

  /** Every few commits somebody pushes; the size of pages changes in the middle of a read. */
  @ParameterizedTest
  @CsvSource({"1, 3, 7, false", "2, 7, 3, false", "3, 10, 4, true", "4, 3, 100, true"})
  void nothingIsLostOfAnyHistory(long seed, int size, int other, boolean compares) {
    var random = new Random(seed);
    try (var gitHub = GitHubStandIn.start()) {
      if (!compares) {
        gitHub.refuse("/compare/", 500, NOT_AVAILABLE);
      }
      gitHub.serve("octo/hello", git);
      Offset offset = Offset.START;
      Set<String> lake = new HashSet<>();
      int made = 0;
      for (int run = 0; run < 5; run++) {
        for (int i = 0; i < 30; i++) {
          made++;
          git.commit(made, DAY.plusSeconds(random.nextInt(7_200)), parents(made, random));
        }
        git.push(made);
        for (int half = 0; half < 2; half++) {
          var commits =
              GitHubReader.ofHello(gitHub, "commits")
                  .with("per_page", String.valueOf(half == 0 ? size : other))
                  .cap(8)
                  .from(offset);
          commits.read(DAY.plus(Duration.ofDays(run)), half == 0 ? 2 : 1_000);
          offset = commits.offset();
          lake.addAll(texts(commits.records(), "sha"));
        }

        assertThat(lake).containsAll(git.history());
      }
    }
  }

  /** Mostly the commit before; sometimes a merge of what is older, or nothing. */
  private static Integer[] parents(int number, Random random) {
    if (number == 1) {
      return new Integer[0];
    }
    Integer previous = number - 1;
    return random.nextInt(3) > 0 || number < 5
        ? new Integer[] {previous}
        : new Integer[] {previous, 1 + random.nextInt(number - 3)};
  }
}
