package dev.sluice.connectors.github;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.connectors.github.GitHubStandIn.Text;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubStandInTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final String ISSUES = "/repos/octo/hello/issues";
  private static final String COMMITS = "/repos/octo/hello/commits";

  private final GitHubStandIn gitHub =
      GitHubStandIn.start(0, InstantSource.fixed(NOW), Text.COMPACT);

  @AfterEach
  void stop() {
    gitHub.close();
  }

  /** Five records, a minute apart. */
  private void fill(String table) {
    StandInTable filled = gitHub.table(GitHubList.valueOf(table.toUpperCase(Locale.ROOT)));
    filled.replaceAll(IntStream.range(0, 5).mapToObj(i -> RowSpec.of(i, minute(i))).toList());
  }

  private static Instant minute(int minute) {
    return FIRST.plus(Duration.ofMinutes(minute));
  }

  private RequestSpecification request() {
    return given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer " + GitHubStandIn.TOKEN)
        .urlEncodingEnabled(true);
  }

  private static List<String> updated(Response issues) {
    return issues.jsonPath().getList("updated_at");
  }

  @Test
  void sinceIsIncluded() {
    fill("issues");

    Response issues =
        request()
            .queryParams("state", "all", "sort", "updated", "direction", "asc")
            .queryParam("since", minute(3).toString())
            .get(ISSUES);

    assertThat(updated(issues)).containsExactly(minute(3).toString(), minute(4).toString());
  }

  @Test
  void openIssuesAreListedUnlessToldOtherwise() {
    fill("issues");

    request().get(ISSUES).then().body("state", contains("open", "open"));
    request().queryParam("state", "closed").get(ISSUES).then().body("$", hasSize(3));
    request().queryParam("state", "all").get(ISSUES).then().body("$", hasSize(5));
  }

  @Test
  void linksKeepEveryParameter() {
    fill("issues");

    String link =
        request()
            .queryParams("state", "all", "per_page", "2", "page", "2")
            .queryParam("since", "2026-01-01T00:00:00+00:00")
            .get(ISSUES)
            .header("Link");

    assertThat(link.split(", "))
        .hasSize(4)
        .allMatch(entry -> entry.startsWith("<" + gitHub.baseUrl() + ISSUES + "?"))
        .allMatch(entry -> entry.contains("since=2026-01-01T00%3A00%3A00%2B00%3A00"))
        .allMatch(entry -> entry.contains("state=all") && entry.contains("per_page=2"));
    assertThat(link)
        .containsPattern("page=1>; rel=\"prev\"")
        .containsPattern("page=3>; rel=\"next\"")
        .containsPattern("page=3>; rel=\"last\"")
        .containsPattern("page=1>; rel=\"first\"");
  }

  @Test
  void lastPageHasNoNextAndOnlyPageNoLinks() {
    fill("issues");
    RequestSpecification all = request().queryParam("state", "all");

    all.queryParam("per_page", 100).get(ISSUES).then().header("Link", nullValue());
    assertThat(
            request()
                .queryParams("state", "all", "per_page", 2, "page", 3)
                .get(ISSUES)
                .header("Link"))
        .doesNotContain("next", "last");
  }

  @Test
  void commitsComeNewestFirstBetweenBoundsThatAreIncluded() {
    fill("commits");

    request()
        .queryParams("since", minute(1).toString(), "until", minute(3).toString())
        .get(COMMITS)
        .then()
        .body(
            "commit.committer.date",
            contains(minute(3).toString(), minute(2).toString(), minute(1).toString()));
  }

  @Test
  void repositoryWithoutCommitsIsAConflict() {
    request()
        .get(COMMITS)
        .then()
        .statusCode(409)
        .body("message", equalTo("Git Repository is empty."));
  }

  @Test
  void commitsBeginAtAnySha() {
    fill("commits");
    List<String> all = request().get(COMMITS).jsonPath().getList("sha");

    request()
        .queryParam("sha", all.get(3))
        .get(COMMITS)
        .then()
        .body("sha", contains(all.get(3), all.get(4)));
    request().queryParam("sha", "no-such-branch").get(COMMITS).then().statusCode(404);
  }

  @Test
  void knownTagIsNotModifiedAndCostsNothing() {
    fill("branches");
    Response first = request().get("/repos/octo/hello/branches");

    Response second =
        request().header("If-None-Match", first.header("ETag")).get("/repos/octo/hello/branches");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.header("x-ratelimit-used")).isEqualTo("1");
    fill("issues");
    request().get("/repos/octo/hello/branches").then().header("ETag", first.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void usedUpLimitIsRefusedUntilItsReset(int status) {
    fill("branches");
    Instant reset = NOW.plus(Duration.ofMinutes(20));
    gitHub.rateLimit(1, reset, status);

    request().get("/users/octo/repos").then().statusCode(200).header("x-ratelimit-remaining", "0");
    request()
        .get("/users/octo/repos")
        .then()
        .statusCode(status)
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", String.valueOf(reset.getEpochSecond()))
        .body("message", containsString("API rate limit exceeded"));
  }

  @Test
  void secondaryLimitNamesAWait() {
    gitHub.wire().fail(GitHubStandIn.secondaryLimit(Duration.ofMinutes(1)));

    request().get(ISSUES).then().statusCode(403).header("Retry-After", "60");
  }

  @Test
  void secondaryLimitMayNameNothing() {
    gitHub.wire().fail(GitHubStandIn.secondaryLimit());

    request()
        .get(ISSUES)
        .then()
        .statusCode(403)
        .header("Retry-After", nullValue())
        .header("x-ratelimit-remaining", nullValue())
        .body("message", containsString("You have exceeded a secondary rate limit. Please wait"));
  }

  @Test
  void closingFailsAfterARequestThatGitHubDoesNotDescribe() {
    try (var other = GitHubStandIn.start()) {
      request().baseUri(other.baseUrl().toString()).queryParam("pages", 2).get(ISSUES);

      assertThatThrownBy(other::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("pages=2 is not described");
    }
  }

  @Test
  void strangersAndNonsenseAreRefused() {
    given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer wrong")
        .get(ISSUES)
        .then()
        .statusCode(401)
        .body("message", equalTo("Bad credentials"));
    request().get("/repos/octo/unknown/issues").then().statusCode(404);
    request().get("/orgs/octo/repos").then().statusCode(200);
    fill("repositories");
    request().get("/orgs/octo/repos").then().statusCode(404);
    request().queryParam("state", "ajar").get(ISSUES).then().statusCode(422);
    request().queryParam("since", "yesterday").get(ISSUES).then().statusCode(422);
    request().queryParam("sort", "stars").get(ISSUES).then().statusCode(422);
    assertThat(gitHub.takeUndescribed()).hasSize(3);
  }
}
