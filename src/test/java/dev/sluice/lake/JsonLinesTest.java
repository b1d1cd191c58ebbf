package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other programs find in the lake, the empty seal of a snapshot included. */
class JsonLinesTest {
  private static final int RECORDS = 1000;

  @TempDir Path root;

  private Path snapshot(Compression compression) {
    var lake = new ObjectStoreLake(new LocalObjectStore(root), compression);
    BatchLog log = lake.log(new Destination("acme", "users"), Flow.DATA);
    try (PendingBatch batch = log.begin(1)) {
      for (int id = 1; id <= RECORDS; id++) {
        batch.write(SourceRecord.of("{\"id\": %d,\n \"name\": \"Zoë\"}".formatted(id)));
      }
      log.commit(1, 1, batch, stamp(Kind.RECORDS, RECORDS));
    }
    try (PendingBatch seal = log.begin(1)) {
      log.commit(1, 2, seal, stamp(Kind.SEAL, 0));
    }
    return root.resolve("acme/users/data/g=000001");
  }

  private static BatchMetadata stamp(Kind kind, long records) {
    return new BatchMetadata(kind, Offset.parse("{\"at\":1}"), "run", records, Optional.empty());
  }

  @Test
  void gzipIsReadByOthers() throws IOException {
    Path folder = snapshot(Compression.GZIP);

    assertThat(lines(new GZIPInputStream(open(folder, "1.jsonl.gz")))).isEqualTo(RECORDS);
    assertThat(lines(new GZIPInputStream(open(folder, "2.jsonl.gz")))).isZero();
  }

  @Test
  void zstdIsReadByOthers() throws IOException {
    Path folder = snapshot(Compression.ZSTD);

    assertThat(lines(new ZstdInputStream(open(folder, "1.jsonl.zst")))).isEqualTo(RECORDS);
    assertThat(lines(new ZstdInputStream(open(folder, "2.jsonl.zst")))).isZero();
  }

  @Test
  void plainTextIsOneRecordALine() throws IOException {
    Path folder = snapshot(Compression.NONE);

    assertThat(lines(open(folder, "1.jsonl"))).isEqualTo(RECORDS);
    assertThat(open(folder, "1.jsonl").readAllBytes())
        .startsWith("{\"id\": 1,  \"name\": \"Zoë\"}\n".getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream open(Path folder, String end) throws IOException {
    return Files.newInputStream(folder.resolve("0".repeat(20 - end.indexOf('.')) + end));
  }

  private static long lines(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .chars()
          .filter(each -> each == '\n')
          .count();
    }
  }

  @Test
  void commandLineToolCountsTheLines() throws Exception {
    assumeThat(Path.of("/usr/bin/zstd")).exists();
    Path folder = snapshot(Compression.ZSTD);

    Process count =
        new ProcessBuilder(
                "sh",
                "-c",
                "zstd -t -q " + folder + "/*.zst && zstd -dc " + folder + "/*.jsonl.zst | wc -l")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo(Integer.toString(RECORDS));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void duckDbReadsTheFolder(Compression compression) throws Exception {
    Path folder = snapshot(compression);

    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*), sum(id), min(name) from read_json_auto('%s/*')"
                    .formatted(folder))) {
      rows.next();

      assertThat(rows.getLong(1)).isEqualTo(RECORDS);
      assertThat(rows.getLong(2)).isEqualTo(RECORDS * (RECORDS + 1L) / 2);
      assertThat(rows.getString(3)).isEqualTo("Zoë");
    }
  }
}
