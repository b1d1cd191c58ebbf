package dev.sluice.proof.large;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.proof.LakeInFolder;
import dev.sluice.proof.PeakMemory;
import dev.sluice.proof.Sluice;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The load of a table by as many runs as it takes. Half of them are killed until {@code
 * proof.kills} are, at random moments of {@code proof.within} milliseconds that {@code proof.seed}
 * chooses. A run has {@code proof.seconds}.
 */
final class LargeLoad {
  /** The most bytes of memory that a run may take. */
  private static final long MOST_MEMORY = 200_000_000;

  private static final int KILLS = Integer.getInteger("proof.kills", 1);
  private static final int WITHIN = Integer.getInteger("proof.within", 1_000);
  private static final int SECONDS = Integer.getInteger("proof.seconds", 20);
  private static final long SEED = Long.getLong("proof.seed", 42);
  private static final int MOST_BEYOND_MILLIS = 2_000;
  private static final Pattern OPTIONS = Pattern.compile("(?m)^java_options=\\((.*)\\)$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Sluice sluice;
  private final Random random = new Random(SEED);
  private long peak;
  private long least = Long.MAX_VALUE;
  private long longest;
  private int runs;
  private int killed;

  /**
   * A load into a folder.
   *
   * @param pipeline the text of its file, with a place for the URL of its source
   */
  LargeLoad(Path folder, String pipeline, URI source) throws IOException {
    this.folder = folder;
    this.sluice = new Sluice(folder, Map.of("TOKEN", "none", "JAVA_TOOL_OPTIONS", options()));
    Files.writeString(folder.resolve("pipeline.yaml"), pipeline.formatted(source));
  }

  /** Returns what the launcher starts the program with, and the memory of a function. */
  private static String options() throws IOException {
    Matcher options = OPTIONS.matcher(Files.readString(Path.of("sluice")));
    assertThat(options.find()).as("The launcher has its options in one line").isTrue();
    String trim = Runtime.version().feature() < 22 ? "" : " -XX:TrimNativeHeapInterval=1000";
    return options.group(1) + trim + " -Xmx512m";
  }

  void untilCaughtUp() throws IOException, InterruptedException {
    while (!isCaughtUpByAnotherRun()) {}
  }

  private boolean isCaughtUpByAnotherRun() throws IOException, InterruptedException {
    boolean isToBeKilled = killed < KILLS && random.nextBoolean();
    long lifetime = TimeUnit.MILLISECONDS.toNanos(isToBeKilled ? random.nextInt(WITHIN) : 1L << 40);
    long start = System.nanoTime();
    Process process =
        sluice.start(
            "sync", "-p", "pipeline.yaml", "--time-budget", SECONDS + "s", "--output", "json");
    runs++;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, PeakMemory.of(process));
      if (System.nanoTime() - start > lifetime) {
        process.destroyForcibly().waitFor();
        killed++;
        return false;
      }
    }
    JsonNode report = JSON.readTree(sluice.output()).path("tables").path(0);
    String outcome = report.path("outcome").asText();
    assertThat(outcome).as(sluice.errors()).isIn("CAUGHT_UP", "OUT_OF_TIME");
    longest = Math.max(longest, report.path("duration_ms").asLong());
    if (outcome.equals("OUT_OF_TIME")) {
      least = Math.min(least, report.path("records").asLong());
      assertThat(least).as("records that a run of %d s committed", SECONDS).isPositive();
    }
    return outcome.equals("CAUGHT_UP");
  }

  /** Requires that no run has taken more memory, or more time, than it may. */
  void requireWithinBounds() {
    assertThat(peak).as("bytes of memory").isLessThan(MOST_MEMORY);
    assertThat(longest)
        .as("milliseconds of a run of %d s", SECONDS)
        .isLessThan(SECONDS * 1_000L + MOST_BEYOND_MILLIS);
  }

  /** Returns what its runs were like. */
  String figures() {
    return "%d runs, %d killed, peak %d MB, longest %.1f s, %s"
        .formatted(
            runs,
            killed,
            peak / 1_000_000,
            longest / 1e3,
            least == Long.MAX_VALUE ? "none out of time" : "%,d records at least".formatted(least));
  }

  /** Returns the numbers that a field of the table's rows has, each of which must be there once. */
  BitSet ids(String table, String field) throws IOException {
    Path of = folder.resolve("lake/large").resolve(table);
    String current = JSON.readTree(of.resolve("current.json").toFile()).path("path").asText();
    var ids = new BitSet();
    new LakeInFolder(of.resolve(current))
        .forEachLine(
            line -> {
              int id = Integer.parseInt(SourceRecord.of(line).text(field).orElseThrow());
              if (ids.get(id)) {
                throw new AssertionError("Doubled: " + line);
              }
              ids.set(id);
            });
    return ids;
  }

  /** What may be run. */
  interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Returns the bytes of all files that were not there before, or that are others now. */
  long bytesWrittenBy(Step step) throws IOException, InterruptedException {
    Map<Path, FileTime> before = files();
    step.run();
    long bytes = 0;
    for (Map.Entry<Path, FileTime> file : files().entrySet()) {
      if (!file.getValue().equals(before.get(file.getKey()))) {
        bytes += Files.size(file.getKey());
      }
    }
    return bytes;
  }

  private Map<Path, FileTime> files() throws IOException {
    var files = new HashMap<Path, FileTime>();
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.getLastModifiedTime(file));
      }
    }
    return files;
  }
}
