package dev.sluice.connectors.github;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several owners with several repositories, organizations, teams and people of the stand-in. */
class GitHubAccountsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final GitHubStandIn gitHub = GitHubStandIn.start();

  @BeforeEach
  void fill() {
    gitHub.addRepository("mona/paint");
    gitHub.addRepository("mona/diary", RepositoryTrait.PRIVATE);
    gitHub.addRepository("mona/copy", RepositoryTrait.FORK);
    gitHub.addRepository("waterworks/dam", RepositoryTrait.OF_ORGANIZATION);
    gitHub.addRepository(
        "waterworks/plans", RepositoryTrait.OF_ORGANIZATION, RepositoryTrait.PRIVATE);
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  private ValidatableResponse get(String path) {
    return given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer " + GitHubStandIn.TOKEN)
        .get(path)
        .then();
  }

  private void fill(GitHubList list) {
    gitHub
        .table(list)
        .replaceAll(IntStream.range(0, 3).mapToObj(key -> RowSpec.of(key, NOW)).toList());
  }

  @Test
  void ofAUserEverybodySeesThePublicRepositories() {
    get("/users/mona/repos").body("name", contains("copy", "paint"));
    get("/users/mona/repos?type=owner&direction=desc").body("name", contains("paint", "copy"));
    get("/users/waterworks/repos").body("name", contains("dam"));
    get("/users/nobody/repos").statusCode(404);
  }

  @Test
  void ofAnOrganizationAllOrSomeRepositoriesAreListed() {
    get("/orgs/waterworks/repos?type=all").body("name", containsInAnyOrder("dam", "plans"));
    get("/orgs/waterworks/repos?type=private").body("name", contains("plans"));
    get("/orgs/waterworks/repos?type=public").body("name", contains("dam"));
    get("/orgs/waterworks/repos?type=forks").body("$", empty());
    get("/orgs/waterworks/repos?type=sources").body("$", hasSize(2));
    get("/orgs/mona/repos").statusCode(404);
  }

  @Test
  void theTokenSeesEveryRepository() {
    get("/user/repos")
        .body(
            "full_name",
            contains(
                "mona/copy", "mona/diary", "mona/paint", "waterworks/dam", "waterworks/plans"));
    get("/user/repos?visibility=private&per_page=1").body("full_name", contains("mona/diary"));
    get("/user/repos?visibility=private&type=owner").statusCode(422);
  }

  @Test
  void recordsBelongToTheirRepository() {
    gitHub.serve(
        GitHubList.PULL_REQUESTS,
        List.of(SourceRecord.of(PullRecords.pull("mona/paint", 7, NOW, "Red", false))));
    gitHub.serve(
        GitHubList.ASSIGNEES, "waterworks/dam", List.of(SourceRecord.of(AccountRecords.user(9))));

    get("/repos/mona/paint/pulls").body("number", contains(7));
    get("/repos/waterworks/dam/pulls").body("$", empty());
    get("/repos/waterworks/dam/assignees").body("login", contains("user9"));
    get("/repos/mona/paint/assignees").body("$", empty());
    get("/repos/mona/paint/commits").statusCode(409);
    get("/repos/mona/unknown/pulls").statusCode(404);
  }

  @Test
  void issuesCanBeSwitchedOff() {
    gitHub.addRepository("mona/older", RepositoryTrait.ISSUES_GONE);
    gitHub.addRepository("mona/newer", RepositoryTrait.WITHOUT_ISSUES);
    gitHub.serve(
        GitHubList.ISSUES,
        IntStream.range(0, 4)
            .mapToObj(key -> GitHubRecords.of(GitHubList.ISSUES, RowSpec.of(key, NOW)).json())
            .map(json -> SourceRecord.of(json.replace("octo/hello", "mona/newer")))
            .toList());

    get("/repos/mona/older/issues")
        .statusCode(410)
        .body("message", equalTo("Issues has been disabled in this repository."));
    get("/repos/mona/newer/issues?state=all").body("number", containsInAnyOrder(1, 3));
    get("/users/mona/repos").body("findAll { !it.has_issues }.name", contains("newer", "older"));
  }

  @Test
  void collaboratorsAreForThoseWhoMayWrite() {
    gitHub.addRepository("mona/foreign", RepositoryTrait.WITHOUT_PUSH_ACCESS);
    fill(GitHubList.COLLABORATORS);

    get("/repos/octo/hello/collaborators?per_page=2&page=2")
        .body("login", contains("collaborator002"))
        .body("permissions[0].push", equalTo(true));
    get("/repos/mona/foreign/collaborators")
        .statusCode(403)
        .body("message", equalTo("Must have push access to view repository collaborators."));
  }

  @Test
  void teamsAreOfTheirOrganization() {
    fill(GitHubList.TEAMS);
    gitHub.serve(
        GitHubList.TEAMS, List.of(SourceRecord.of(AccountRecords.team("brewers", "hops", 5, 0))));

    get("/orgs/waterworks/teams").body("slug", contains("team-000", "team-001", "team-002"));
    get("/orgs/brewers/teams").body("slug", contains("hops"));
    get("/orgs/nobody/teams").statusCode(404);
    get("/user/teams")
        .body("slug", contains("hops", "team-000", "team-001", "team-002"))
        .body("organization.login", contains("brewers", "waterworks", "waterworks", "waterworks"));
  }

  @Test
  void organizationsAndTheUserAreThoseOfTheToken() {
    fill(GitHubList.ORGANIZATIONS);
    get("/user/orgs").body("login[0]", equalTo("organization-000")).body("$", hasSize(3));
    get("/user").body("login", equalTo("mona")).body("followers", equalTo(0));

    gitHub.table(GitHubList.USERS).put(RowSpec.of(4, NOW).changedAt(NOW));

    get("/user").body("login", equalTo("mona")).body("followers", equalTo(1));
  }
}
