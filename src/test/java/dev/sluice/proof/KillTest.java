package dev.sluice.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL at random moments of a sync, again and again, then lets it finish.
 *
 * <p>The long run takes its source and its numbers from system properties: {@code proof.url} (a
 * server of issues of {@code o/r}; its own otherwise), {@code proof.records}, {@code proof.kills},
 * {@code proof.seed}.
 */
@Tag("proof")
@Tag("process")
class KillTest {
  private static final int RECORDS = Integer.getInteger("proof.records", 6_000);
  private static final int KILLS = Integer.getInteger("proof.kills", 4);
  private static final long SEED = Long.getLong("proof.seed", 42);
  private static final int BATCHES = 12 * KILLS;

  @TempDir Path folder;

  @Test
  void noRecordIsLostOrDoubledByKills() throws Exception {
    try (var server = new IssueServer(RECORDS)) {
      String url = System.getProperty("proof.url", server.url().toString());
      Files.writeString(folder.resolve("pipeline.yaml"), pipeline(url));
      var sluice = new Sluice(folder, Map.of("TOKEN", "none"));
      var lake = new LakeInFolder(folder.resolve("lake/kills/issues/data"));
      var random = new Random(SEED);

      int killed = 0;
      int runs = 0;
      while (killed < KILLS && runs < 3 * KILLS) {
        killed += killAtRandom(sluice, lake, random);
        runs++;
      }
      int exitCode = sluice.run("sync", "-p", "pipeline.yaml");

      assertThat(exitCode).as(sluice.errors()).isZero();
      assertThat(killed).as("runs that were killed before their end").isEqualTo(KILLS);
      List<Long> ids = ids(lake);
      assertThat(ids).doesNotHaveDuplicates().hasSize(RECORDS);
      assertThat(numbers(lake))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, RECORDS).boxed().toList());
      System.out.printf(
          "%d of %d runs killed, %d objects, %d records, none lost, none doubled%n",
          killed, runs, lake.objects().size(), ids.size());
    }
  }

  private static String pipeline(String url) {
    return """
    name: kills
    connector: github
    connection:
      base_url: %s
      token: ${env:TOKEN}
    destination:
      uri: file:./lake
    tables:
      - table: issues
        options: { owner: o, repo: r, per_page: 100, max_records_per_batch: %d }
    """
        .formatted(url, Math.max(1, RECORDS / BATCHES));
  }

  /** Waits for some more objects, then a few milliseconds, so that every step gets its turn. */
  private static int killAtRandom(Sluice sluice, LakeInFolder lake, Random random)
      throws InterruptedException, IOException {
    int objects = lake.objects().size() + random.nextInt(BATCHES / KILLS);
    Process process = sluice.start("sync", "-p", "pipeline.yaml");
    while (lake.objects().size() < objects && !process.waitFor(1, TimeUnit.MILLISECONDS)) {}
    boolean ended = process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return ended ? 0 : 1;
  }

  private static List<Long> ids(LakeInFolder lake) {
    return values(lake, "id");
  }

  private static List<Long> numbers(LakeInFolder lake) {
    return values(lake, "number").stream().sorted().toList();
  }

  private static List<Long> values(LakeInFolder lake, String field) {
    return lake.lines().stream()
        .map(line -> Long.valueOf(SourceRecord.of(line).text(field).orElseThrow()))
        .toList();
  }
}
