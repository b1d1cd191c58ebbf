package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pull requests, whose list takes no lower bound, and their reviews, which have no list. */
class PullRequestsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  private static StandInTable fill(GitHubStandIn gitHub, GitHubList list, int count) {
    StandInTable table = gitHub.table(list);
    table.replaceAll(
        IntStream.range(0, count)
            .mapToObj(key -> RowSpec.of(key, DAY.minus(Duration.ofDays(400L - key))))
            .toList());
    return table;
  }

  /** All that lies within a lookback, and more of it than the cap. */
  @ParameterizedTest
  @ValueSource(strings = {"issues", "pull_requests", "comments", "reviews"})
  void moreRecordsWithinALookbackThanTheCapAllArrive(String table) {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub
          .table(GitHubList.valueOf(table.toUpperCase(Locale.ROOT)))
          .replaceAll(
              IntStream.range(0, 6)
                  .mapToObj(key -> RowSpec.of(key, DAY.minusSeconds(600 + key)))
                  .toList());
      var reader =
          GitHubReader.ofHello(gitHub, table)
              .with("lookback_seconds", "300")
              .with("per_page", "2")
              .cap(2);

      reader.read(DAY);

      assertThat(texts(reader.records(), "id")).hasSize(6).doesNotHaveDuplicates();
      assertThat(reader.read(NEXT_DAY)).isEmpty();
    }
  }

  @Test
  void oldPullRequestThatChangesArrivesAndTheRestIsNotReadAgain() {
    try (var gitHub = GitHubStandIn.start()) {
      StandInTable pulls = fill(gitHub, GitHubList.PULL_REQUESTS, 250);
      var reader = GitHubReader.ofHello(gitHub, "pull_requests");
      reader.read(DAY);
      assertThat(reader.records()).hasSize(250);
      int requests = gitHub.wire().requests();

      assertThat(reader.read(DAY.plusSeconds(60))).isEmpty();
      assertThat(gitHub.wire().requests() - requests).as("requests of a quiet run").isEqualTo(1);

      pulls.put(RowSpec.of(3, DAY.plusSeconds(100)).changedAt(DAY.plusSeconds(100)));
      assertThat(texts(reader.read(NEXT_DAY), "number")).containsExactly("4");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, Integer.MAX_VALUE})
  void reviewsOfAllPullRequestsArriveWhateverTheCap(int cap) {
    try (var gitHub = GitHubStandIn.start()) {
      fill(gitHub, GitHubList.REVIEWS, 60);
      var reviews = GitHubReader.ofHello(gitHub, "reviews").cap(cap);

      reviews.read(DAY);

      assertThat(texts(reviews.records(), "id")).hasSize(60).doesNotHaveDuplicates();
      assertThat(texts(reviews.records(), "pull_number")).contains("1", "60");
    }
  }

  @Test
  void reviewThatIsDismissedReplacesTheOneBefore() {
    try (var gitHub = GitHubStandIn.start()) {
      StandInTable table = fill(gitHub, GitHubList.REVIEWS, 60);
      var reviews = GitHubReader.ofHello(gitHub, "reviews");
      reviews.read(DAY);
      int asked = gitHub.requests(GitHubList.REVIEWS);
      table.put(RowSpec.of(2, DAY.plusSeconds(5)).changedAt(DAY.plusSeconds(5)));

      List<SourceRecord> news = reviews.read(NEXT_DAY);

      assertThat(texts(news, "state")).containsExactly("DISMISSED");
      assertThat(texts(news, "pull_request_updated_at"))
          .containsExactly(DAY.plusSeconds(5).toString());
      assertThat(gitHub.requests(GitHubList.REVIEWS) - asked)
          .as("pull requests that were asked for their reviews")
          .isEqualTo(1);
    }
  }

  @Test
  void reviewsOfOnePullRequestAreAskedWhenItHasChanged() {
    try (var gitHub = GitHubStandIn.start()) {
      StandInTable table = fill(gitHub, GitHubList.REVIEWS, 5);
      var reviews = GitHubReader.ofHello(gitHub, "reviews").with("pull_number", "3");

      assertThat(texts(reviews.read(DAY), "pull_number")).containsExactly("3");
      assertThat(reviews.read(DAY.plusSeconds(60))).isEmpty();
      assertThat(gitHub.requests(GitHubList.REVIEWS)).isEqualTo(1);

      table.put(RowSpec.of(2, DAY.plusSeconds(90)).changedAt(DAY.plusSeconds(90)));
      assertThat(reviews.read(NEXT_DAY)).hasSize(1);
    }
  }

  @Test
  void pullRequestsThatChangeWhileTheyAreReadAreNotLost() {
    try (var gitHub = GitHubStandIn.start()) {
      StandInTable pulls = fill(gitHub, GitHubList.PULL_REQUESTS, 40);
      pulls.pageSize(5);
      var reader = GitHubReader.ofHello(gitHub, "pull_requests").cap(10);
      gitHub
          .wire()
          .beforeRequest(
              4,
              () -> {
                pulls.put(RowSpec.of(1, DAY.plusSeconds(1)).changedAt(DAY.plusSeconds(1)));
                pulls.put(RowSpec.of(38, DAY.plusSeconds(2)).changedAt(DAY.plusSeconds(2)));
                pulls.delete(36, DAY);
              });

      reader.read(DAY);
      reader.read(NEXT_DAY);

      assertThat(texts(reader.records(), "number"))
          .containsAll(
              IntStream.rangeClosed(1, 40).filter(n -> n != 37).mapToObj(String::valueOf).toList());
      assertThat(texts(reader.records(), "updated_at"))
          .contains(DAY.plusSeconds(1).toString(), DAY.plusSeconds(2).toString());
    }
  }
}
