package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SpoolTest {

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
