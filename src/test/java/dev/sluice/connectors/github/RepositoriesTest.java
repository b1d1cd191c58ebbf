package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several repositories in one table. */
class RepositoriesTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  /** Ten records of a repository, their keys from a number on. */
  private static void fill(GitHubStandIn gitHub, GitHubList list, String repository, int from) {
    gitHub.serve(
        list,
        IntStream.range(from, from + 10)
            .mapToObj(
                key -> GitHubRecords.of(list, RowSpec.of(key, DAY.minusSeconds(9_000L - key))))
            .map(record -> SourceRecord.of(record.json().replace("octo/hello", repository)))
            .toList());
  }

  private static GitHubStandIn threeRepositories() {
    var gitHub = GitHubStandIn.start(0, InstantSource.fixed(DAY), GitHubStandIn.Text.COMPACT);
    gitHub.addRepository("acme/api");
    gitHub.addRepository("acme/api-client");
    gitHub.addRepository("acme/site");
    gitHub.addRepository("acme/secret", RepositoryTrait.OF_ORGANIZATION, RepositoryTrait.PRIVATE);
    fill(gitHub, GitHubList.ISSUES, "acme/api", 100);
    fill(gitHub, GitHubList.ISSUES, "acme/api-client", 200);
    fill(gitHub, GitHubList.ISSUES, "acme/site", 300);
    return gitHub;
  }

  private static List<String> names(List<SourceRecord> records) {
    return texts(records, "repository_name").stream().distinct().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 100})
  void namedRepositoriesLandInOneTable(int cap) {
    try (var gitHub = threeRepositories()) {
      fill(gitHub, GitHubList.ISSUES, "octo/hello", 0);
      var issues =
          GitHubReader.of(gitHub, "issues")
              .with("owner", "acme")
              .with("repo", "api, octo/hello,site,acme/API")
              .cap(cap);

      issues.read(DAY);

      assertThat(texts(issues.records(), "id")).hasSize(30).doesNotHaveDuplicates();
      assertThat(names(issues.records())).containsExactly("api", "site", "hello");
      assertThat(issues.read(NEXT_DAY)).isEmpty();
    }
  }

  @Test
  void patternMeansWhateverMatchesNow() {
    try (var gitHub = threeRepositories()) {
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "acme").with("repo", "API*");
      issues.read(DAY);
      assertThat(names(issues.records())).containsExactly("api", "api-client");
      int quiet = gitHub.wire().requests();
      issues.read(DAY.plusSeconds(60));
      assertThat(gitHub.wire().requests() - quiet).as("the list, and each once").isEqualTo(3);

      gitHub.addRepository("acme/api-docs");
      fill(gitHub, GitHubList.ISSUES, "acme/api-docs", 400);

      assertThat(names(issues.read(NEXT_DAY))).containsExactly("api-docs");
    }
  }

  @Test
  void organizationShowsItsPrivateRepositoriesToo() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.addRepository("works/open", RepositoryTrait.OF_ORGANIZATION);
      gitHub.addRepository(
          "works/secret", RepositoryTrait.OF_ORGANIZATION, RepositoryTrait.PRIVATE);
      fill(gitHub, GitHubList.ISSUES, "works/open", 0);
      fill(gitHub, GitHubList.ISSUES, "works/secret", 100);
      var issues = GitHubReader.of(gitHub, "issues").with("repo", "*");

      assertThat(names(issues.with("org", "works").read(DAY))).containsExactly("open", "secret");
      assertThat(names(issues.with("owner", "works").read(DAY))).containsExactly("open");
    }
  }

  @Test
  void patternAndNamespaceOfAnOrganizationShowItsPrivateRepositoriesToo() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.addRepository("works/open", RepositoryTrait.OF_ORGANIZATION);
      gitHub.addRepository(
          "works/secret", RepositoryTrait.OF_ORGANIZATION, RepositoryTrait.PRIVATE);
      gitHub.addRepository("mona/paint");
      fill(gitHub, GitHubList.ISSUES, "works/open", 0);
      fill(gitHub, GitHubList.ISSUES, "works/secret", 100);
      fill(gitHub, GitHubList.ISSUES, "mona/paint", 200);
      var issues = GitHubReader.of(gitHub, "issues").with("repo", "works/*,mona/*");
      var repositories = GitHubReader.of(gitHub, "repositories").in(Namespace.of("works"));

      assertThat(names(issues.read(DAY))).containsExactly("paint", "open", "secret");
      assertThat(texts(repositories.read(DAY), "name")).containsExactlyInAnyOrder("open", "secret");
      assertThat(repositories.records().toString()).doesNotContain(RepositoryRecords.CLONE_TOKEN);
      assertThat(texts(repositories.records(), "temp_clone_token")).containsOnly("");
    }
  }

  @Test
  void exclamationMarkLeavesOut() {
    try (var gitHub = threeRepositories()) {
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "acme");

      assertThat(names(issues.with("repo", "*,!API-*").read(DAY))).containsExactly("api", "site");
      assertThat(names(issues.with("repo", "!acme/s*, !octo/api, acme/*").read(DAY)))
          .containsExactly("api", "api-client");
      assertThatThrownBy(() -> issues.with("repo", "*,!*").read(DAY))
          .hasMessageContaining("leaves out all that it names: '*,!*'");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RepositoryTrait.class,
      names = {"BLOCKED", "WITHOUT_PULL_REQUESTS"})
  void repositoryOfAPatternThatIsRefusedDoesNotFailTheTable(RepositoryTrait trait) {
    try (var gitHub = threeRepositories()) {
      gitHub.addRepository("acme/off", trait);
      fill(gitHub, GitHubList.PULL_REQUESTS, "acme/site", 0);
      List<String> warnings = new ArrayList<>();
      var pulls =
          GitHubReader.of(gitHub, "pull_requests").with("owner", "acme").warningTo(warnings::add);

      assertThat(names(pulls.with("repo", "*").read(DAY))).containsExactly("site");
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("Repository acme/off cannot be read and is left out: GET ");
      assertThatThrownBy(() -> pulls.with("repo", "site,off").read(NEXT_DAY))
          .hasMessageStartingWith("acme/off: GET ");
      assertThatThrownBy(() -> pulls.with("repo", "off*").read(NEXT_DAY))
          .hasMessageStartingWith("acme/off: GET ");
    }
  }

  @Test
  void refusedRepositoryFailsASnapshotWhoseRowsWouldSeemDeleted() {
    try (var gitHub = threeRepositories()) {
      gitHub.addRepository("acme/off", RepositoryTrait.BLOCKED);
      var branches = GitHubReader.of(gitHub, "branches").with("owner", "acme").with("repo", "*");

      assertThatThrownBy(() -> branches.read(DAY)).hasMessageStartingWith("acme/off: GET ");
    }
  }

  @Test
  void repositoryThatCannotBeReadIsNamedAndTheOthersArrive() {
    try (var gitHub = threeRepositories()) {
      var issues =
          GitHubReader.of(gitHub, "issues").with("owner", "acme").with("repo", "api,gone,site");

      assertThatThrownBy(() -> issues.read(DAY))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageStartingWith("acme/gone: GET ")
          .hasMessageContaining("status 404");
      assertThat(issues.records()).hasSize(20);

      gitHub.addRepository("acme/gone");
      fill(gitHub, GitHubList.ISSUES, "acme/gone", 500);
      assertThat(names(issues.read(NEXT_DAY))).containsExactly("gone");
    }
  }

  @Test
  void usedUpRateLimitLosesNothingOfManyRepositories() {
    try (var gitHub = threeRepositories()) {
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "acme").with("repo", "*").cap(4);
      gitHub.rateLimit(4, DAY.plus(Duration.ofHours(1)), 403);
      assertThatThrownBy(() -> issues.read(DAY))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.resumeAt()).contains(DAY.plus(Duration.ofHours(1))));
      int read = issues.records().size();

      gitHub.rateLimit(5_000, NEXT_DAY, 403);
      issues.read(NEXT_DAY);

      assertThat(read).isPositive();
      assertThat(texts(issues.records(), "id")).hasSize(30).doesNotHaveDuplicates();
    }
  }

  @Test
  void repositoriesWithoutIssuesOrCommitsAreEmpty() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.addRepository("acme/none", RepositoryTrait.ISSUES_GONE);
      gitHub.addRepository("acme/off", RepositoryTrait.WITHOUT_ISSUES);
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "acme").with("repo", "*");
      var commits = GitHubReader.of(gitHub, "commits").with("owner", "acme").with("repo", "*");

      assertThat(issues.read(DAY)).isEmpty();
      assertThat(commits.read(DAY)).isEmpty();
    }
  }

  @Test
  void snapshotOfSeveralRepositoriesHoldsAllOfThem() {
    try (var gitHub = threeRepositories()) {
      fill(gitHub, GitHubList.BRANCHES, "acme/api", 0);
      fill(gitHub, GitHubList.BRANCHES, "acme/site", 0);
      var branches =
          GitHubReader.of(gitHub, "branches").with("owner", "acme").with("repo", "*").cap(3);

      branches.read(DAY);

      assertThat(branches.records()).hasSize(20);
      assertThat(names(branches.records())).containsExactly("api", "site");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | | | Table 'issues' takes one of the options 'owner' and 'org', not both and not"
            + " neither",
        "hello | octo | octo | Table 'issues' takes one of the options 'owner' and 'org', not both"
            + " and not neither",
        "a/b/c | octo | | Option 'repo' names 'a/b/c'; it takes names, OWNER/NAME, and * for any"
            + " characters",
        "'x,,y' | octo | | Option 'repo' names ''; it takes names, OWNER/NAME, and * for any"
            + " characters",
        "/x | octo | | Option 'repo' names '/x'; it takes names, OWNER/NAME, and * for any"
            + " characters",
        "zz* | acme | | No repository of acme that the credential may see matches 'zz*'"
      })
  void optionsThatMeanNoRepositoryAreRefused(
      String repo, String owner, String org, String message) {
    try (var gitHub = threeRepositories()) {
      var issues = GitHubReader.of(gitHub, "issues").with("repo", repo);
      var ofOwner = owner == null ? issues : issues.with("owner", owner);
      var all = org == null ? ofOwner : ofOwner.with("org", org);

      assertThatThrownBy(() -> all.read(DAY)).hasMessage(message);
    }
  }

  @Test
  void repositoryIsRequiredByName() {
    try (var gitHub = GitHubStandIn.start()) {
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "octo");

      assertThatThrownBy(() -> issues.read(DAY)).hasMessageStartingWith("Missing option 'repo'");
    }
  }

  @Test
  void namespacesAreOwnersAndTheirRepositories() {
    try (var gitHub = threeRepositories()) {
      var reader = GitHubReader.of(gitHub, "issues");

      List<Namespace> owners =
          reader.connected(DAY, connector -> connector.listNamespaces(Namespace.ROOT));
      List<Namespace> ofAcme =
          reader.connected(DAY, connector -> connector.listNamespaces(Namespace.of("acme")));
      List<String> tables =
          reader.connected(DAY, connector -> connector.listTables(ofAcme.getFirst()));

      assertThat(owners).contains(Namespace.of("acme"));
      assertThat(ofAcme).contains(Namespace.of("acme", "api"), Namespace.of("acme", "site"));
      assertThat(tables).contains("issues", "reviews").doesNotContain("teams", "users");
    }
  }

  @Test
  void patternIsLookedUpOnceInAnInvocation() {
    try (var gitHub = threeRepositories()) {
      var issues = GitHubReader.of(gitHub, "issues").with("owner", "acme").with("repo", "*").cap(3);

      issues.read(DAY);

      assertThat(issues.records()).hasSize(30);
      assertThat(gitHub.requests(GitHubList.REPOSITORIES)).isEqualTo(1);
    }
  }

  @Test
  void teamsOfANamespaceAreThoseOfItsOrganization() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.serve(
          GitHubList.TEAMS,
          List.of(
              SourceRecord.of(AccountRecords.team("waterworks", "pipes", 4, 0)),
              SourceRecord.of(AccountRecords.team("brewers", "hops", 5, 0))));
      var teams = GitHubReader.of(gitHub, "teams").in(Namespace.of("brewers"));

      assertThat(texts(teams.read(DAY), "slug")).containsExactly("hops");
      assertThat(texts(teams.records(), "organization_login")).containsExactly("brewers");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"commits", "branches"})
  void rowsOfARepositoryThatTheRateLimitCutShortDoNotComeTwice(String table) {
    try (var gitHub = threeRepositories()) {
      GitHubList list = GitHubList.valueOf(table.toUpperCase(Locale.ROOT));
      fill(gitHub, list, "acme/api", 0);
      fill(gitHub, list, "acme/site", 0);
      var reader =
          GitHubReader.of(gitHub, table)
              .with("owner", "acme")
              .with("repo", "api,site")
              .with("start_date", "2026-03-01T00:00:00Z")
              .with("per_page", "3");
      for (int requests = 1; requests < 20; requests++) {
        gitHub.rateLimit(requests, DAY.plusSeconds(7_200), 403);
        try {
          reader.read(DAY);
        } catch (ConnectorException e) {
          assertThat(e.resumeAt()).contains(DAY.plusSeconds(7_200));
        }
      }
      gitHub.rateLimit(5_000, NEXT_DAY, 403);
      reader.read(DAY.plusSeconds(60));

      assertThat(reader.records()).hasSize(20);
    }
  }

  @Test
  void repositoryUnderTheNameOfARenamedOneIsAnotherOne() {
    try (var gitHub = threeRepositories()) {
      var issues =
          GitHubReader.of(gitHub, "issues")
              .with("owner", "acme")
              .with("repo", "*")
              .with("lookback_seconds", "0");
      issues.read(DAY);
      gitHub.rename("acme/api", "acme/old-api");
      gitHub.addRepository("acme/api");
      fill(gitHub, GitHubList.ISSUES, "acme/api", 50);

      List<SourceRecord> news = issues.read(NEXT_DAY);

      assertThat(texts(news, "repository_name").stream().filter("api"::equals))
          .as("although they are older than the last one of the other")
          .hasSize(10);
      assertThat(texts(news, "repository_name").stream().filter("old-api"::equals))
          .as("the renamed one goes on; the record at its cursor has another URL now")
          .hasSize(1);
    }
  }

  @Test
  void offsetByNamesOfAnEarlierReleaseGoesOn() {
    try (var gitHub = threeRepositories()) {
      var issues =
          GitHubReader.of(gitHub, "issues")
              .with("owner", "acme")
              .with("repo", "*")
              .from(
                  Offset.parse(
                      "{\"run\":\"%1$s\",\"parents\":{\"acme/api\":{\"cursor\":\"%1$s\",\"run\":\"%1$s\"},\"acme/site\":{\"cursor\":\"%1$s\",\"run\":\"%1$s\"}}}"
                          .formatted(DAY)));

      assertThat(names(issues.read(NEXT_DAY))).containsExactly("api-client");
    }
  }
}
