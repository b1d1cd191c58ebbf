package dev.sluice.connectors.github;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pull requests and reviews of the stand-in. */
class GitHubPullsTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private static final String PULLS = "/repos/octo/hello/pulls";

  private final GitHubStandIn gitHub = GitHubStandIn.start();
  private final StandInTable pulls = gitHub.table(GitHubList.PULL_REQUESTS);
  private final StandInTable reviews = gitHub.table(GitHubList.REVIEWS);

  @AfterEach
  void stop() {
    gitHub.close();
  }

  private static Instant minute(int minute) {
    return FIRST.plus(Duration.ofMinutes(minute));
  }

  /** Five records, a minute apart. */
  private static List<RowSpec> five() {
    return IntStream.range(0, 5).mapToObj(i -> RowSpec.of(i, minute(i))).toList();
  }

  private RequestSpecification request() {
    return given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer " + GitHubStandIn.TOKEN);
  }

  private RequestSpecification latestFirst() {
    return request().queryParams("state", "all", "sort", "updated", "direction", "desc");
  }

  @Test
  void whatIsUpdatedMovesToTheTop() {
    pulls.replaceAll(five());
    latestFirst().get(PULLS).then().body("number", contains(5, 4, 3, 2, 1));

    pulls.put(RowSpec.of(1, minute(1)).changedAt(minute(9)));

    latestFirst()
        .get(PULLS)
        .then()
        .body("number", contains(2, 5, 4, 3, 1))
        .body("title[0]", containsString("version 1"));
  }

  @Test
  void sinceIsIgnoredAndReported() {
    pulls.replaceAll(five());

    latestFirst()
        .queryParam("since", minute(3).toString())
        .get(PULLS)
        .then()
        .statusCode(200)
        .body("$", hasSize(5));

    assertThat(gitHub.takeUndescribed())
        .singleElement()
        .asString()
        .contains(PULLS, "since", "is not described");
  }

  @Test
  void directionDependsOnTheOrderUnlessSaid() {
    pulls.replaceAll(five());

    request()
        .queryParams("state", "all", "sort", "updated")
        .get(PULLS)
        .then()
        .body("number", contains(1, 2, 3, 4, 5));
    request().get(PULLS).then().body("state", everyItem(equalTo("open"))).body("$", hasSize(2));
    request().queryParam("state", "closed").get(PULLS).then().body("$", hasSize(3));
    request().queryParams("state", "all", "base", "nowhere").get(PULLS).then().body("$", empty());
    request()
        .queryParams("state", "all", "head", "octo:change-2")
        .get(PULLS)
        .then()
        .body("number", contains(2));
  }

  @Test
  void pagesAreNumberedAndShiftWithTheList() {
    pulls.replaceAll(five());
    pulls.pageSize(2);
    String next = latestFirst().get(PULLS).header("Link");
    assertThat(next).contains("page=2>; rel=\"next\"", "page=3>; rel=\"last\"");

    pulls.put(RowSpec.of(0, minute(0)).changedAt(minute(9)));

    latestFirst().queryParam("page", 2).get(PULLS).then().body("number", contains(4, 3));
  }

  @Test
  void onePullRequestIsFoundByItsNumber() {
    pulls.replaceAll(five());

    request()
        .get(PULLS + "/4")
        .then()
        .body("number", equalTo(4))
        .body("base.ref", equalTo("main"))
        .body("head.repo.full_name", equalTo("octo/hello"));
    request().get(PULLS + "/9").then().statusCode(404);
  }

  @Test
  void reviewsAreOfTheirPullRequestOldestFirst() {
    pulls.replaceAll(five());
    gitHub.serve(
        GitHubList.REVIEWS,
        List.of(review(13, "2026-01-03"), review(11, "2026-01-04"), review(12, "2026-01-03")));
    gitHub.serve(
        GitHubList.REVIEWS,
        List.of(SourceRecord.of(PullRecords.review("octo/hello", 3, "14", "APPROVED", "Yes"))));

    request().get(PULLS + "/2/reviews").then().body("id", contains(12, 13, 11));
    request()
        .queryParams("per_page", 2, "page", 2)
        .get(PULLS + "/2/reviews")
        .then()
        .body("id", contains(11))
        .header("Link", containsString("rel=\"prev\""));
    request().get(PULLS + "/3/reviews").then().body("id", contains(14));
    request().get(PULLS + "/4/reviews").then().body("$", empty()).header("Link", nullValue());
    request().get(PULLS + "/9/reviews").then().statusCode(404);
  }

  private static SourceRecord review(int id, String day) {
    return SourceRecord.of(
        PullRecords.review("octo/hello", 2, String.valueOf(id), "APPROVED", "Yes")
            .replace("2026-01-02T", day + "T"));
  }

  @Test
  void aPendingReviewHasNoDateAndComesLast() {
    pulls.replaceAll(five());
    String pending =
        PullRecords.review("octo/hello", 2, "10", "PENDING", "Hm")
            .replace("\"submitted_at\":\"2026-01-02T00:00:00Z\",", "");
    gitHub.serve(GitHubList.REVIEWS, List.of(SourceRecord.of(pending), review(11, "2026-01-04")));

    request().get(PULLS + "/2/reviews").then().body("id", contains(11, 10));
  }

  @Test
  void aRowOfTheReviewsIsAReviewAndItsPullRequest() {
    reviews.replaceAll(five());
    reviews.put(RowSpec.of(1, minute(1)).changedAt(minute(7)));
    reviews.delete(3, minute(8));

    latestFirst()
        .get(PULLS)
        .then()
        .body("number", contains(2, 5, 4, 3, 1))
        .body("updated_at[0]", equalTo(minute(7).toString()));
    request().get(PULLS + "/2/reviews").then().body("state", contains("DISMISSED"));
    request().get(PULLS + "/4/reviews").then().body("$", empty());
    assertThat(reviews.truth()).containsOnlyKeys(0, 1, 2, 4);
    assertThat(reviews.truth())
        .hasEntrySatisfying(
            1,
            review ->
                assertThat(review.json())
                    .contains(
                        "\"pull_number\":2",
                        "\"repository_owner\":\"octo\"",
                        "\"repository_name\":\"hello\"",
                        "\"pull_request_updated_at\":\"" + minute(7) + "\""));
  }

  @Test
  void pullRequestsCanBeSwitchedOff() {
    gitHub.addRepository("octo/closed", RepositoryTrait.WITHOUT_PULL_REQUESTS);

    request().get("/repos/octo/closed/pulls").then().statusCode(404);
  }
}
