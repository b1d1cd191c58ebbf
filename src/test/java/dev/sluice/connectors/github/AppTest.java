package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubReader.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Options;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GitHub App's installation in place of a user's token. */
class AppTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  private static GitHubStandIn start() {
    var gitHub = GitHubStandIn.start(0, InstantSource.fixed(DAY), GitHubStandIn.Text.COMPACT);
    StandInTable issues = gitHub.table(GitHubList.ISSUES);
    issues.replaceAll(
        IntStream.range(0, 20)
            .mapToObj(key -> RowSpec.of(key, DAY.minusSeconds(900 + key)))
            .toList());
    issues.pageSize(5);
    return gitHub;
  }

  private static Options app(String key) {
    return Options.of(
        Map.of(
            "app_id", GitHubApp.ID,
            "app_installation_id", GitHubApp.INSTALLATION,
            "app_private_key", key));
  }

  @Test
  void installationReadsWithATokenOfItsOwn() {
    try (var gitHub = start()) {
      var issues = GitHubReader.ofHello(gitHub, "issues").connectedBy(app(GitHubApp.privateKey()));

      assertThat(issues.read(DAY)).hasSize(20);
      assertThat(gitHub.app().issued()).isEqualTo(1);
    }
  }

  @Test
  void tokenThatIsRevokedInTheMiddleOfAListIsReplaced() {
    try (var gitHub = start()) {
      gitHub.wire().beforeRequest(4, () -> gitHub.app().revokeTokens());
      var issues =
          GitHubReader.ofHello(gitHub, "issues").connectedBy(app(GitHubApp.privateKeyAsPkcs8()));

      assertThat(texts(issues.read(DAY), "id")).hasSize(20).doesNotHaveDuplicates();
      assertThat(gitHub.app().issued()).isEqualTo(2);
    }
  }

  @Test
  void keyOfAnotherAppIsRefusedWithoutShowingIt() {
    try (var gitHub = start()) {
      String key = GitHubApp.foreignPrivateKey();
      var issues = GitHubReader.ofHello(gitHub, "issues").connectedBy(app(key));

      assertThatThrownBy(() -> issues.read(DAY))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
          .hasMessageContaining("A JSON web token could not be decoded")
          .hasMessageNotContaining(key.substring(40, 80));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "organizations", "teams"})
  void tablesOfAUserAreRefusedBeforeGitHubDoes(String table) {
    try (var gitHub = start()) {
      var reader = GitHubReader.of(gitHub, table).connectedBy(app(GitHubApp.privateKey()));

      assertThatThrownBy(() -> reader.read(DAY))
          .hasMessageContaining("a GitHub App stands for none: use 'token'");
      assertThat(gitHub.wire().requests()).isZero();
    }
  }

  @Test
  void namespacesAreThoseOfTheInstallation() {
    try (var gitHub = start()) {
      gitHub.addRepository("acme/api");
      var reader = GitHubReader.of(gitHub, "issues").connectedBy(app(GitHubApp.privateKey()));

      List<Namespace> found =
          reader.connected(DAY, connector -> connector.listNamespaces(Namespace.of("acme")));

      assertThat(found).containsExactly(Namespace.of("acme", "api"));
    }
  }

  @Test
  void tokenAndAppTogetherAreRefusedAndSoIsNeither() {
    try (var gitHub = start()) {
      var both = app(GitHubApp.privateKey()).with("token", "ghp_x");
      var reader = GitHubReader.ofHello(gitHub, "issues");

      assertThatThrownBy(() -> reader.connectedBy(both).read(DAY))
          .hasMessage("Give 'token' or the options of a GitHub App, not both");
      assertThatThrownBy(() -> reader.connectedBy(Options.NONE).read(DAY))
          .hasMessageStartingWith("Missing option 'token'");
      assertThatThrownBy(
              () ->
                  reader
                      .connectedBy(Options.NONE.with("app_id", "1"))
                      .read(DAY.plus(Duration.ofDays(1))))
          .hasMessageStartingWith("Missing option 'app_installation_id'");
    }
  }
}
