package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same pipeline into a folder and into a bucket: the same objects, names and bytes. */
@Tag("aws")
class SameLakeTest {
  private static final PipelineTable[] TABLES = {
    Site.table("append", "max_records_per_batch", "1"),
    Site.table(
        "snapshot",
        "max_records_per_batch",
        "1",
        "keep_generations",
        "2",
        "keep_generations_for",
        "0s"),
    Site.table("cdc_with_deletes", "max_records_per_batch", "1")
  };

  private static S3Emulator s3;

  @TempDir(factory = FastFolder.class)
  Path here;

  @TempDir(factory = FastFolder.class)
  Path elsewhere;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  private record Found(String bytes, Map<String, String> metadata) {}

  @ParameterizedTest
  @EnumSource(Compression.class)
  void folderAndBucketHoldTheSame(Compression compression) throws IOException {
    var folder = new LocalObjectStore(here.resolve("lake"));
    var bucket =
        new S3ObjectStore(s3.client(), S3Emulator.BUCKET, "some/%s/".formatted(compression));

    sync(folder, here.resolve("checkpoints"), compression);
    sync(bucket, elsewhere.resolve("checkpoints"), compression);

    Map<String, Found> inFolder = contents(folder);
    assertThat(contents(bucket)).isEqualTo(inFolder);
    assertThat(inFolder.keySet())
        .as("something of every kind")
        .anyMatch(key -> key.contains("/deletes/g=000001/"))
        .anyMatch(key -> key.contains("snapshot/data/g=000003/"))
        .anyMatch(key -> key.contains("append/offsets/data/g=000001/"))
        .anyMatch(key -> key.contains("/formats/"))
        .contains("books/append/current.json", "books/append/schema.json")
        .noneMatch(key -> key.contains("snapshot/offsets/data/g=000001/"))
        .noneMatch(key -> key.contains("snapshot/data/g=000001/"));
  }

  @Test
  void largeOffsetsAreRecoveredFromTheBucketAlone() {
    var bucket = new S3ObjectStore(s3.client(), S3Emulator.BUCKET, "lost/");
    Ledger ledger = ledger();
    new Site(bucket, new LocalCheckpointStore(here)).run(ledger, TABLES[0]);
    ledger.put(26, "late");

    var later = new Site(bucket, new LocalCheckpointStore(elsewhere));
    TableReport report = later.run(ledger, TABLES[0]);

    assertThat(report.records()).isEqualTo(1);
    assertThat(report.after().offset().json()).contains("Zoë 東京").hasSizeGreaterThan(30_000);
    assertThat(later.published("append")).isEqualTo(ledger.lines());
  }

  /** Its offsets are as large as they come, and not of ASCII. */
  private static Ledger ledger() {
    Ledger ledger = Ledger.of(25);
    ledger.remembered = "Zoë 東京 😀 ".repeat(3500);
    ledger.put(7, "Zoë 東京");
    ledger.tombstones.put(3, "{\"id\": 3}");
    return ledger;
  }

  private static void sync(ObjectStore store, Path checkpoints, Compression compression) {
    Site site = new Site(store, new LocalCheckpointStore(checkpoints)).with(compression);
    Ledger ledger = ledger();
    for (int round = 0; round < 3; round++) {
      ledger.put(1, "round " + round);
      for (PipelineTable table : TABLES) {
        assertThat(site.run(ledger, table).outcome()).isEqualTo(Outcome.CAUGHT_UP);
      }
    }
  }

  private static Map<String, Found> contents(ObjectStore store) throws IOException {
    var found = new TreeMap<String, Found>();
    collect(store, "", found);
    return found;
  }

  private static void collect(ObjectStore store, String prefix, Map<String, Found> found)
      throws IOException {
    for (String key : store.list(prefix)) {
      if (key.endsWith("/")) {
        collect(store, key, found);
      } else {
        found.put(key, new Found(bytes(store, key), metadata(store, key)));
      }
    }
  }

  private static String bytes(ObjectStore store, String key) throws IOException {
    try (InputStream in = store.read(key)) {
      return HexFormat.of().formatHex(in.readAllBytes());
    }
  }

  /** Documents have none. */
  private static Map<String, String> metadata(ObjectStore store, String key) {
    return key.matches(".*(data|deletes|offsets)/.*/[^/]*[.].*")
        ? store.find(key).map(StoredObject::metadata).orElseThrow()
        : Map.of();
  }
}
