package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.proof.LakeFolder;
import dev.sluice.proof.Sluice;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Syncs issues and commits by the packaged program and compares the lake with the source, record by
 * record.
 *
 * <p>Files of real records, each a JSON array, are given by the system properties {@code
 * proof.issues} and {@code proof.commits}; without them a few made-up records are served, for the
 * smallest cap and the largest.
 */
class RealRecordsTest {
  private static final boolean REAL = System.getProperty("proof.issues") != null;

  @TempDir Path folder;

  /** A way to sync. */
  record Way(String cap, int lookbackSeconds, int killAfterObjects) {}

  static Stream<Way> ways() {
    return REAL
        ? Stream.of("1", "7", "100", "")
            .flatMap(
                cap ->
                    Stream.of(
                        new Way(cap, 0, 0),
                        new Way(cap, 0, 1),
                        new Way(cap, 0, 3),
                        new Way(cap, 300, 0),
                        new Way(cap, 300, 2),
                        new Way(cap, 86_400, 0)))
        : Stream.of(new Way("7", 0, 2), new Way("", 300, 0));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyRecordArrivesOnceAndUnchanged(Way way) throws Exception {
    List<SourceRecord> issues = records("proof.issues", GitHubList.ISSUES);
    List<SourceRecord> commits = records("proof.commits", GitHubList.COMMITS);
    try (var github = GitHubStandIn.start()) {
      github.serve(GitHubList.ISSUES, issues);
      github.serve(GitHubList.COMMITS, commits);
      Files.writeString(
          folder.resolve("pipeline.yaml"),
          pipeline(github.baseUrl().toString(), way, repository(issues), repository(commits)));
      var sluice = new Sluice(folder, Map.of("TOKEN", GitHubStandIn.TOKEN));
      var issuesInLake = new LakeFolder(folder.resolve("lake/real/issues/data"));
      var commitsInLake = new LakeFolder(folder.resolve("lake/real/commits/data"));

      killed(sluice, issuesInLake, way.killAfterObjects());
      killed(sluice, commitsInLake, way.killAfterObjects());
      int exitCode = sluice.run("sync", "-p", "pipeline.yaml");

      assertThat(exitCode).as(sluice.errors()).isZero();
      compare(issuesInLake, issues, "id");
      compare(commitsInLake, commits, "sha");
    }
  }

  private static List<SourceRecord> records(String property, GitHubList list) throws Exception {
    String file = System.getProperty(property);
    return file != null
        ? GitHubStandInMain.records(Path.of(file))
        : IntStream.range(0, 40)
            .mapToObj(
                key ->
                    GitHubRecords.of(
                        list, Row.of(key, Instant.ofEpochSecond(1_700_000_000 + key / 4 * 90L))))
            .toList();
  }

  /** The owner and the name that the records' URLs tell. */
  private static String[] repository(List<SourceRecord> records) {
    String url = records.getFirst().text("url").orElseThrow();
    String[] parts = url.substring(url.indexOf("/repos/") + "/repos/".length()).split("/", 3);
    return new String[] {parts[0], parts[1]};
  }

  private static String pipeline(String url, Way way, String[] issues, String[] commits) {
    String cap = way.cap().isEmpty() ? "" : ", max_records_per_batch: " + way.cap();
    String common = "lookback_seconds: " + way.lookbackSeconds() + cap;
    return """
        name: real
        connector: github
        connection:
          base_url: %s
          token: ${env:TOKEN}
        destination:
          uri: file:./lake
        tables:
          - table: issues
            options: { owner: %s, repo: %s, %s }
          - table: commits
            options: { owner: %s, repo: %s, %s }
        """
        .formatted(url, issues[0], issues[1], common, commits[0], commits[1], common);
  }

  private static void killed(Sluice sluice, LakeFolder lake, int objects)
      throws InterruptedException {
    if (objects > 0) {
      Process process = sluice.start("sync", "-p", "pipeline.yaml");
      while (lake.objects().size() < objects && !process.waitFor(1, TimeUnit.MILLISECONDS)) {}
      process.destroyForcibly().waitFor();
    }
  }

  private static void compare(LakeFolder lake, List<SourceRecord> source, String key) {
    Map<String, JsonNode> expected = new TreeMap<>();
    source.forEach(record -> expected.put(record.text(key).orElseThrow(), record.tree()));
    List<String> keys = new ArrayList<>();
    for (String line : lake.lines()) {
      var record = SourceRecord.of(line);
      String name = record.text(key).orElseThrow();
      keys.add(name);
      ObjectNode tree = (ObjectNode) record.tree();
      tree.remove(List.of("repository_owner", "repository_name"));
      assertThat(tree).as(name).isEqualTo(expected.get(name));
      assertThat(record.text("repository_owner")).isPresent();
      assertThat(record.text("repository_name")).isPresent();
    }

    assertThat(keys).doesNotHaveDuplicates().hasSameSizeAs(expected.keySet());
    System.out.printf("%s: %d records, each once, all equal%n", lake.data(), keys.size());
  }
}
