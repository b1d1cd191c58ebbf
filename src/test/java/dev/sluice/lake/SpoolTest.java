package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final Destination TABLE = new Destination("acme", "letters");

  @TempDir Path folder;

  @Test
  void bytesComeBackAsTheyWereOnEitherSideOfTheLimit() throws IOException {
    var random = new Random(7);
    for (int size : new int[] {0, 1, 99, 100, 101, 5000}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      try (var spool = new Spool(100)) {
        for (int from = 0; from < size; ) {
          int length = Math.min(1 + random.nextInt(60), size - from);
          spool.sink().write(bytes, from, length);
          from += length;
        }

        assertThat(spool.size()).isEqualTo(size);
        assertThat(spool.inMemory()).isEqualTo(size <= 100 ? size : 0);
        assertThat(read(spool)).isEqualTo(bytes);
        assertThat(read(spool)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void temporaryFileHasNoNameThatCouldBeLeftBehind() throws IOException {
    long before = spools();
    try (var spool = new Spool(10)) {
      spool.sink().write(new byte[1000]);

      assertThat(spool.inMemory()).isZero();
      assertThat(spools()).isEqualTo(before);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/proc shows the files that have no name")
  void temporaryFileIsForThisUserAloneAndGoneWhenTheMicrobatchFails() throws IOException {
    String record = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";
    var store = new LocalObjectStore(folder);
    var log = new ObjectStoreLake(store, Compression.NONE).log(TABLE, Flow.DATA);

    assertThatThrownBy(
            () -> {
              try (PendingBatch batch = log.begin(1)) {
                for (int i = 0; i < 10; i++) {
                  batch.write(SourceRecord.of(record));
                }
                assertThat(openSpools()).singleElement().satisfies(SpoolTest::assertPrivate);
                throw ConnectorException.protocol("The source has failed");
              }
            })
        .hasMessage("The source has failed");

    assertThat(openSpools()).isEmpty();
  }

  private static List<Path> openSpools() {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(SpoolTest::isSpool).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSpool(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor)
          .getFileName()
          .toString()
          .matches("sluice-.*\\.spool.*");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private static void assertPrivate(Path descriptor) throws IOException {
    assertThat(Files.getPosixFilePermissions(descriptor))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void memoryIsGivenBackWhenTheFileBegins() throws IOException {
    try (var spool = new Spool(1000)) {
      for (int i = 0; i < 10_000; i++) {
        spool.sink().write(new byte[100]);
        assertThat(spool.inMemory()).isLessThanOrEqualTo(1000);
      }

      assertThat(spool.inMemory()).isZero();
      assertThat(spool.size()).isEqualTo(1_000_000);
    }
  }

  private static byte[] read(Spool spool) throws IOException {
    try (InputStream in = spool.open()) {
      return in.readAllBytes();
    }
  }

  private static long spools() throws IOException {
    try (var files =
        Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "sluice-*.spool")) {
      return StreamSupport.stream(files.spliterator(), false).count();
    }
  }
}
