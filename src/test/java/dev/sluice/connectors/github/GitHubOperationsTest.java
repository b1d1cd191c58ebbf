package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testkit.Call;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checks of requests against GitHub's own description of its API, and where that is from.
 *
 * <p>The system property {@code github.openapi} names a folder in which {@code npm install
 * @octokit/openapi@23.0.2} was run; without it the comparison with that package is skipped.
 */
class GitHubOperationsTest {

  @TempDir Path folder;

  private static Call call(String request, String body) {
    String[] parts = request.split("[ ?]", -1);
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 2; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      query.put(pair[0], pair[1]);
    }
    URI base = URI.create("http://127.0.0.1:1");
    return new Call(parts[0], base, parts[1], query, Map.of(), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /repos/o/r/issues?since=2026-01-01T00:00:00Z?state=all?per_page=100?page=2",
        "GET /repos/o/r/pulls?sort=updated?direction=desc",
        "GET /repos/o/r/pulls/7/reviews?per_page=100",
        "GET /repos/o/r/commits?sha=feature/a?until=2026-01-01T00:00:00Z",
        "GET /repos/o/r/branches?protected=true",
        "GET /user",
        "GET /orgs/o/teams?per_page=1"
      })
  void whatIsDescribedIsNoProblem(String request) {
    assertThat(GitHubOperations.problems(call(request, ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /repos/o/r/pulls?since=2026-01-01T00:00:00Z",
        "GET /repos/o/r/pulls/seven/reviews",
        "GET /repos/o/r/pulls?state=ajar",
        "GET /repos/o/r/issues?per_page=101",
        "GET /repos/o/r/issues?since=yesterday",
        "GET /repos/o/r/branches?protected=maybe",
        "GET /repos/o/r/nothing",
        "GET /repos/o/",
        "POST /user",
        "GET /user?per_page=1",
        "GET /orgs/o/teams?team_type=all"
      })
  void whatIsNotDescribedIsSaid(String request) {
    assertThat(GitHubOperations.problems(call(request, "")))
        .singleElement()
        .asString()
        .startsWith(request.split("[?]", -1)[0]);
  }

  @Test
  void fieldsOfABodyAreComparedToo() {
    String request = "POST /app/installations/7/access_tokens";

    assertThat(GitHubOperations.problems(call(request, ""))).isEmpty();
    assertThat(
            GitHubOperations.problems(
                call(
                    request,
                    "{\"repositories\":[\"r\"],\"permissions\":{\"issues\":\"read\",\"pull_requests\":\"read\"}}")))
        .isEmpty();
    assertThat(
            GitHubOperations.problems(
                call(request, "{\"repository\":\"r\",\"permissions\":{\"tissues\":\"read\"}}")))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("repository "))
        .anyMatch(problem -> problem.contains("permissions.tissues"));
    assertThat(GitHubOperations.problems(call(request, "{"))).hasSize(1);
  }

  @Test
  void theCheckedInFactsAreThoseOfGitHubsDescription() throws Exception {
    String npm = System.getProperty("github.openapi", "");
    assumeTrue(
        !npm.isEmpty() && Files.isDirectory(Path.of(npm, "node_modules/@octokit/openapi")),
        "skipped: -Dgithub.openapi=FOLDER names no folder with @octokit/openapi");
    Path script = folder.resolve("operations.mjs");
    Path output = folder.resolve("operations.json");
    Files.write(script, resource("operations.mjs"));

    int exit =
        new ProcessBuilder("node", script.toString(), Path.of(npm).toRealPath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    assertThat(exit).isZero();
    var json = new JsonMapper();
    assertThat(json.readTree(output.toFile()))
        .isEqualTo(json.readTree(resource("operations.json")));
  }

  private static byte[] resource(String name) throws Exception {
    try (InputStream resource = GitHubOperationsTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(resource).readAllBytes();
    }
  }
}
