package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GitHub refuses of a repository: nothing of it may seem to be read. */
class RefusalsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  /** Two repositories of an organization; one has so many pull requests with two reviews each. */
  private static GitHubStandIn withReviews(int pulls) {
    var gitHub = GitHubStandIn.start();
    gitHub.addRepository("acme/api", RepositoryTrait.OF_ORGANIZATION);
    gitHub.addRepository("acme/site", RepositoryTrait.OF_ORGANIZATION);
    IntStream.rangeClosed(1, pulls).forEach(number -> add(gitHub, "acme/api", number, DAY));
    return gitHub;
  }

  private static void add(GitHubStandIn gitHub, String repository, int number, Instant day) {
    String pull =
        PullRecords.pull(repository, number, day.minusSeconds(9_000L - number), "T", false);
    gitHub.serve(GitHubList.PULL_REQUESTS, List.of(SourceRecord.of(pull)));
    gitHub.serve(
        GitHubList.REVIEWS,
        IntStream.of(1, 2)
            .mapToObj(i -> PullRecords.review(repository, number, number + "0" + i, "OK", ""))
            .map(SourceRecord::of)
            .toList());
  }

  private static GitHubReader ofAcme(GitHubStandIn gitHub, String table) {
    return GitHubReader.of(gitHub, table).with("org", "acme").with("repo", "*");
  }

  @ParameterizedTest
  @CsvSource({"404, 1", "404, 30", "404, 1000", "410, 1000"})
  void reviewsOfAPullRequestThatIsHiddenByNowAreNone(int status, int cap) {
    try (var gitHub = withReviews(60)) {
      gitHub.refuse("/pulls/31/reviews", status, "Not Found");
      List<String> warnings = new ArrayList<>();
      var reviews = ofAcme(gitHub, "reviews").cap(cap).warningTo(warnings::add);

      reviews.read(DAY);

      assertThat(texts(reviews.records(), "id")).hasSize(118).doesNotHaveDuplicates();
      assertThat(warnings).isEmpty();
      assertThat(reviews.read(NEXT_DAY)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 25, 30})
  void repositoryThatCannotBeSeenFromAMomentOnFailsAndLosesNothing(int request) {
    try (var gitHub = withReviews(30)) {
      List<String> warnings = new ArrayList<>();
      var reviews = ofAcme(gitHub, "reviews").cap(10).warningTo(warnings::add);
      gitHub
          .wire()
          .beforeRequest(request, () -> gitHub.refuse("/repos/acme/api/", 404, "Not Found"));

      assertThatThrownBy(() -> reviews.read(DAY)).hasMessageContaining("acme/api: GET ");
      gitHub.answerAll();
      reviews.read(NEXT_DAY);

      assertThat(texts(reviews.records(), "id")).contains("101", "3002");
      assertThat(texts(reviews.records(), "id").stream().distinct()).hasSize(60);
      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 422, 451})
  void refusalOfTheFirstReviewsDoesNotLeaveOutTheRepository(int status) {
    try (var gitHub = withReviews(3)) {
      gitHub.refuse("/pulls/3/reviews", status, "Not for you");
      List<String> warnings = new ArrayList<>();
      var reviews = ofAcme(gitHub, "reviews").warningTo(warnings::add);

      assertThatThrownBy(() -> reviews.read(DAY))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageContaining("acme/api: GET ")
          .hasMessageContaining("/pulls/3/reviews");
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void repositoryThatWasReadAndIsRefusedNowFailsWhileTheOthersArrive() {
    try (var gitHub = withReviews(2)) {
      var pulls = ofAcme(gitHub, "pull_requests");
      pulls.read(DAY);
      assertThat(pulls.records()).hasSize(2);
      add(gitHub, "acme/site", 7, NEXT_DAY);
      gitHub.refuse("/repos/acme/api/pulls", 403, "Repository access blocked");

      assertThatThrownBy(() -> pulls.read(NEXT_DAY))
          .hasMessageContaining("acme/api: GET ")
          .hasMessageContaining("Repository access blocked");
      assertThat(texts(pulls.records(), "number")).hasSize(3).endsWith("7");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'partial-results; organizations=21955855', 21955855",
    "'partial-results; organizations=21955855,20582480', '21955855,20582480'",
    "partial-results, unknown"
  })
  void teamsThatGitHubLeavesOutAreNoSnapshot(String header, String ids) {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.answer("^/user/teams", reply -> reply.with("X-GitHub-SSO", header));
      var teams = GitHubReader.of(gitHub, "teams");

      assertThatThrownBy(() -> teams.read(DAY))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
          .hasMessageStartingWith("GET ")
          .hasMessageContaining("the organizations with the ids " + ids + ",");
    }
  }

  /** GitHub answers a question by a tag with what it would have answered else. */
  @Test
  void snapshotWhoseOrganizationsAreHiddenByNowIsNotUnchanged() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.serve(
          GitHubList.TEAMS, List.of(SourceRecord.of(AccountRecords.team("brewers", "hops", 5, 0))));
      var teams = GitHubReader.of(gitHub, "teams");
      teams.read(DAY);
      assertThat(teams.isUnchanged(DAY.plusSeconds(60))).isTrue();
      gitHub.answer(
          "^/user/teams",
          reply -> reply.with("X-GitHub-SSO", "partial-results; organizations=21955855"));

      assertThatThrownBy(() -> teams.isUnchanged(NEXT_DAY)).hasMessageContaining("21955855");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"organizations", "teams"})
  void tableThatAFineGrainedTokenDoesNotSeeIsRefused(String table) {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.serve(
          GitHubList.ORGANIZATIONS,
          List.of(SourceRecord.of(AccountRecords.organization("brewers", 5))));
      var reader = GitHubReader.of(gitHub, table);
      var fineGrained = Options.of(Map.of("token", GitHubStandIn.FINE_GRAINED_TOKEN));

      assertThatThrownBy(() -> reader.connectedBy(fineGrained).read(DAY))
          .hasMessageStartingWith("Table '" + table + "' is about all that the user is a member of")
          .hasMessageContaining("use a classic token with read:org");
      assertThat(gitHub.wire().requests()).isZero();
      assertThat(GitHubReader.of(gitHub, "users").connectedBy(fineGrained).read(DAY)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "organizations", "teams"})
  void tokenOfAnInstallationStandsForNoUser(String table) {
    try (var gitHub = GitHubStandIn.start()) {
      var reader =
          GitHubReader.of(gitHub, table).connectedBy(Options.of(Map.of("token", "ghs_workflow")));

      assertThatThrownBy(() -> reader.read(DAY)).hasMessageContaining("stands for none");
      assertThat(gitHub.wire().requests()).isZero();
    }
  }
}
