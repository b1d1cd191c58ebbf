package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proof.LakeInFolder;
import dev.sluice.proof.Sluice;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Syncs all that there is of GitHub's records by the packaged program and compares the lake with
 * the source, record by record.
 *
 * <p>A folder of {@link RealRecords} is named by the system property {@code proof.github}; without
 * it a few made-up records are served, for the smallest cap and the largest.
 */
class RealRecordsTest {
  private static final String FOLDER = System.getProperty("proof.github", "");

  @TempDir Path folder;

  /** A way to sync: killed at each list, when so many objects of it were written; 0 for never. */
  record Way(String cap, int lookbackSeconds, int killAfterObjects) {}

  static Stream<Way> ways() {
    return FOLDER.isEmpty()
        ? Stream.of(new Way("7", 0, 2), new Way("", 300, 0))
        : Stream.of("1", "7", "100", "")
            .flatMap(
                cap ->
                    Stream.of(
                        new Way(cap, 0, 0),
                        new Way(cap, 0, 1),
                        new Way(cap, 300, 7),
                        new Way(cap, 86_400, 0)));
  }

  /** A line for each table of the connector; for one without records there is nothing to do. */
  private static List<RealTable> tables(RealRecords records) {
    return Stream.of(
            RealTable.of(GitHubList.ISSUES, "id", records),
            RealTable.of(GitHubList.PULL_REQUESTS, "id", records),
            RealTable.of(GitHubList.COMMENTS, "id", records),
            RealTable.of(GitHubList.COMMITS, "sha", records),
            RealTable.of(GitHubList.REVIEWS, "id", records),
            RealTable.of(GitHubList.BRANCHES, "name", records),
            RealTable.of(GitHubList.REPOSITORIES, "id", records),
            RealTable.of(GitHubList.ORGANIZATIONS, "id", records),
            RealTable.of(GitHubList.TEAMS, "id", records))
        .flatMap(List::stream)
        .filter(table -> new GitHubProvider().table(table.list().table()).isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyRecordArrivesOnceAndUnchanged(Way way) throws Exception {
    RealRecords records = FOLDER.isEmpty() ? RealRecords.madeUp() : RealRecords.of(Path.of(FOLDER));
    List<RealTable> tables = tables(records);
    try (var github = GitHubStandIn.start()) {
      records.serveBy(github);
      Files.writeString(
          folder.resolve("pipeline.yaml"), pipeline(github.baseUrl().toString(), way, tables));
      var sluice = new Sluice(folder, Map.of("TOKEN", GitHubStandIn.TOKEN));
      for (GitHubList list : GitHubList.values()) {
        killed(sluice, foldersFrom(list, tables), way.killAfterObjects());
      }

      int exitCode = sluice.run("sync", "-p", "pipeline.yaml");

      assertThat(exitCode).as(sluice.errors()).isZero();
      assertThat(tables).isNotEmpty();
      System.out.printf("%s%n", way);
      for (GitHubList list : GitHubList.values()) {
        compare(tables.stream().filter(table -> table.list() == list).toList(), github);
      }
    }
  }

  private static String pipeline(String url, Way way, List<RealTable> tables) {
    return """
        name: real
        connector: github
        connection:
          base_url: %s
          token: ${env:TOKEN}
        destination:
          uri: file:./lake
        tables:
        %s"""
        .formatted(
            url,
            tables.stream()
                .map(table -> table.yaml(way.cap(), way.lookbackSeconds()))
                .collect(Collectors.joining()));
  }

  /** The pipeline's tables are read one after the other: of this list and of those after it. */
  private static Set<Path> foldersFrom(GitHubList list, List<RealTable> tables) {
    return tables.stream()
        .filter(table -> table.list().compareTo(list) >= 0)
        .map(table -> Path.of(table.folder()))
        .collect(Collectors.toSet());
  }

  /** As soon as so many more objects are in one of these folders. */
  private void killed(Sluice sluice, Set<Path> folders, int objects) throws InterruptedException {
    if (folders.isEmpty() || objects == 0) {
      return;
    }
    long enough = objects(folders) + objects;
    Process process = sluice.start("sync", "-p", "pipeline.yaml");
    while (objects(folders) < enough && !process.waitFor(1, TimeUnit.MILLISECONDS)) {}
    process.destroyForcibly().waitFor();
  }

  private long objects(Set<Path> folders) {
    Path lake = folder.resolve("lake/real");
    try {
      return new LakeInFolder(lake)
          .objects().stream()
              .filter(object -> folders.contains(lake.relativize(object).getName(0)))
              .count();
    } catch (UncheckedIOException e) {
      // A file went while it was looked at.
      return 0;
    }
  }

  private void compare(List<RealTable> tables, GitHubStandIn github) throws Exception {
    int source = 0;
    int lake = 0;
    for (RealTable table : tables) {
      source += table.source().size();
      lake += table.compare(folder.resolve("lake/real"));
    }
    if (source > 0) {
      GitHubList list = tables.getFirst().list();
      System.out.printf(
          "  %-14s %2d parts, rows in source %4d, in lake %4d, requests %5d%n",
          list.table(), tables.size(), source, lake, github.requests(list));
    }
  }
}
