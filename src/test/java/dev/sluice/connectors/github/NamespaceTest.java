package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Namespace;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that a namespace addresses. */
final class NamespaceTest {
  private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  private static List<String> rows(List<SourceRecord> records) {
    return records.stream().map(SourceRecord::json).toList();
  }

  private static GitHubStandIn filled() {
    var gitHub = GitHubStandIn.start(0, InstantSource.fixed(DAY), GitHubStandIn.Text.COMPACT);
    for (var table : gitHub.tables()) {
      table.replaceAll(
          IntStream.range(0, 5).mapToObj(key -> RowSpec.of(key, DAY.minusSeconds(key))).toList());
    }
    return gitHub;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "issues",
        "pull_requests",
        "comments",
        "commits",
        "reviews",
        "assignees",
        "collaborators",
        "branches"
      })
  void namespaceOfARepositoryReadsWhatOwnerAndRepoRead(String table) {
    try (var gitHub = filled()) {
      var byOptions = GitHubReader.ofHello(gitHub, table);
      var byNamespace = GitHubReader.of(gitHub, table).in(Namespace.of("octo", "hello"));

      List<String> expected = rows(byOptions.read(NEXT_DAY));

      assertThat(expected).isNotEmpty();
      assertThat(rows(byNamespace.read(NEXT_DAY))).isEqualTo(expected);
    }
  }

  @Test
  void namespaceOfAnOwnerReadsWhatOwnerReads() {
    try (var gitHub = filled()) {
      var byOptions = GitHubReader.of(gitHub, "repositories").with("owner", "octo");
      var byNamespace = GitHubReader.of(gitHub, "repositories").in(Namespace.of("octo"));

      List<String> expected = rows(byOptions.read(NEXT_DAY));

      assertThat(expected).isNotEmpty();
      assertThat(rows(byNamespace.read(NEXT_DAY))).isEqualTo(expected);
    }
  }

  @Test
  void listOfRepositoriesIsAskedForOnceForTheWholeTree() {
    try (var gitHub = filled()) {
      var reader = GitHubReader.of(gitHub, "issues");
      gitHub.addRepository("acme/api");

      List<Namespace> repositories =
          reader.connected(
              DAY,
              connector ->
                  connector.listNamespaces(Namespace.ROOT).stream()
                      .flatMap(owner -> connector.listNamespaces(owner).stream())
                      .toList());

      assertThat(repositories).contains(Namespace.of("acme", "api"));
      assertThat(gitHub.wire().requests()).isEqualTo(1);
    }
  }
}
