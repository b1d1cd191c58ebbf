package dev.sluice.proof.large;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads large tables by runs of little time in a process of little memory, some of them killed at
 * random moments, until all is there. Each run that is not killed has to commit something, and in
 * the end each row is in the lake once.
 *
 * <p>How large is said by {@code proof.rows} (of a snapshot), {@code proof.ties} (rows of one
 * instant; none by default) and {@code proof.parents}; {@link LargeLoad} has more.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Linux tells the memory of a process")
@Tag("proof")
@Tag("process")
class LargeReadsTest {
  private static final int ROWS = Integer.getInteger("proof.rows", 30_000);
  private static final int TIES = Integer.getInteger("proof.ties", 0);
  private static final int PARENTS = Integer.getInteger("proof.parents", 200);
  private static final int MOVED = 10;
  private static final long MOST_BYTES_OF_MOVED = 20_000;

  private static final String EXAMPLE =
      """
      name: large
      connector: example
      connection: { base_url: "%s", username: somebody, password: "${env:TOKEN}" }
      destination: { uri: "file:./lake" }
      tables:
        - table: TABLE
      """;
  private static final String GITHUB =
      """
      name: large
      connector: github
      connection: { base_url: "%s", token: "${env:TOKEN}" }
      destination: { uri: "file:./lake" }
      tables:
        - table: issues
          options: { org: acme, repo: "*" }
      """;

  @TempDir Path folder;

  @Test
  void snapshotIsLoaded() throws Exception {
    try (var source = new LargeSource(ROWS)) {
      var load = new LargeLoad(folder, EXAMPLE.replace("TABLE", "products"), source.url());

      load.untilCaughtUp();

      assertThatEachIsThereOnce(load, "products", "product_id", ROWS);
      load.requireWithinBounds();
    }
  }

  /** Users that all have one timestamp. */
  @EnabledIfSystemProperty(named = "proof.ties", matches = ".+")
  @Test
  void crowdOfOneInstantIsLoaded() throws Exception {
    try (var source = new LargeSource(TIES)) {
      var load = new LargeLoad(folder, EXAMPLE.replace("TABLE", "users"), source.url());

      load.untilCaughtUp();

      assertThatEachIsThereOnce(load, "users", "user_id", TIES);
      load.requireWithinBounds();
    }
  }

  @Test
  void issuesOfManyRepositoriesAreLoadedAndLittleIsWrittenWhenFewMove() throws Exception {
    try (var source = new LargeSource(PARENTS)) {
      var load = new LargeLoad(folder, GITHUB, source.url());
      load.untilCaughtUp();
      assertThatEachIsThereOnce(load, "issues", "id", PARENTS);

      source.move(MOVED);
      long written = load.bytesWrittenBy(load::untilCaughtUp);

      assertThat(load.ids("issues", "id").cardinality()).isEqualTo(PARENTS + MOVED);
      System.out.printf("  %,d bytes written when %d of %,d moved%n", written, MOVED, PARENTS);
      assertThat(written).isLessThan(MOST_BYTES_OF_MOVED);
      load.requireWithinBounds();
    }
  }

  private static void assertThatEachIsThereOnce(LargeLoad load, String table, String key, int count)
      throws IOException {
    BitSet ids = load.ids(table, key);

    assertThat(ids.cardinality()).isEqualTo(count);
    assertThat(ids.length() - ids.nextSetBit(0)).as("from the first to the last").isEqualTo(count);
    System.out.printf("%s: %,d rows, none lost, none doubled, %s%n", table, count, load.figures());
  }
}
