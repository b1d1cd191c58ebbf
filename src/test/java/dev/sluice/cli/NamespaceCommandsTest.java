package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.terminal.JsonDocument;
import dev.sluice.connectors.github.GitHubStandIn;
import dev.sluice.testkit.RowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces on the command line, of GitHub's stand-in. */
final class NamespaceCommandsTest {
  private static final Instant THEN = Instant.parse("2026-03-02T00:00:00Z");

  @TempDir Path folder;

  private Cli cli(GitHubStandIn gitHub, String... tables) throws IOException {
    var cli = new Cli(folder).with("TOKEN", GitHubStandIn.TOKEN).pipeline(tables);
    Files.writeString(
        cli.file(),
        Files.readString(cli.file())
            .replace("connector: letters", "connector: github")
            .replace("connection:\n", "connection:\n  base_url: " + gitHub.baseUrl() + "\n"));
    return cli;
  }

  @Test
  void tablesShowTheTreeOfNamespaces() throws IOException {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.addRepository("acme/api");
      gitHub.addRepository("acme/site");
      var cli = cli(gitHub, "{table: issues, namespace: acme/api}");

      var human = cli.runOn("tables");
      JsonNode json = JsonDocument.read(cli.runOn("tables", "-o", "json").out());

      assertThat(human.code()).isZero();
      assertThat(human.out())
          .containsPattern("\nissues +cdc +id +updated_at +issues\n")
          .containsPattern("\n\nNAMESPACE +TABLES\n")
          .containsPattern("\nacme +repositories, teams\n  api +issues, .*\n  site +issues, .*\n");
      assertThat(json).hasSize(12);
      JsonNode issues = json.get(0);
      assertThat(issues.path("table").asText()).isEqualTo("issues");
      assertThat(issues.path("namespaces").toString()).contains("[\"acme\",\"api\"]");
      assertThat(json.findValues("more_namespaces")).isEmpty();
    }
  }

  @Test
  void treeOfNamespacesHasAnEnd() throws IOException {
    try (var gitHub = GitHubStandIn.start()) {
      IntStream.range(0, 250).forEach(i -> gitHub.addRepository("acme/r" + i));
      var cli = cli(gitHub, "{table: issues, namespace: acme/r0}");

      var human = cli.runOn("tables");
      JsonNode json = JsonDocument.read(cli.runOn("tables", "-o", "json").out());

      assertThat(human.out()).contains("\n  r17 ").endsWith("\n... and more than these 200\n");
      assertThat(json.get(0).path("namespaces")).hasSizeLessThan(200);
      assertThat(json.get(0).path("more_namespaces").asBoolean()).isTrue();
    }
  }

  @Test
  void namespaceOfThePipelineFileIsRead() throws IOException {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub
          .tables()
          .getFirst()
          .replaceAll(IntStream.range(0, 5).mapToObj(key -> RowSpec.of(key, THEN)).toList());

      var byOptions =
          cli(gitHub, "{table: issues, options: {owner: octo, repo: hello}}")
              .runOn("preview", "issues");
      var byNamespace =
          cli(gitHub, "{table: issues, namespace: [octo, hello]}").runOn("preview", "issues");
      var check = cli(gitHub, "{table: issues, namespace: octo/hello}").runOn("check");

      assertThat(byOptions.out().lines()).hasSize(5);
      assertThat(byNamespace.out()).isEqualTo(byOptions.out());
      assertThat(check.code()).isZero();
    }
  }

  @Test
  void checkNamesTheLineOfANamespaceThatCannotBe() throws IOException {
    try (var gitHub = GitHubStandIn.start()) {
      var result = cli(gitHub, "{table: issues, namespace: octo}").runOn("check");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("sluice: " + folder + "/acme.yaml:10: 'namespace' is");
      assertThat(gitHub.wire().requests()).isZero();
    }
  }

  @Test
  void previewOfATableThatCannotBeIsRefusedWithTheNearest() throws IOException {
    try (var gitHub = GitHubStandIn.start()) {
      var result = cli(gitHub, "users").runOn("preview", "user");

      assertThat(result.err())
          .isEqualTo("sluice: Unknown table 'user' of connector 'github'; did you mean 'users'?\n");
      assertThat(gitHub.wire().requests()).isZero();
    }
  }
}
