package dev.sluice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The artefacts that {@code ./sluice package} builds; once in a test run, if sources have changed.
 */
public final class Packaged {
  private static final Path FOLDER = Path.of("target/launcher").toAbsolutePath();

  static {
    build();
  }

  private Packaged() {}

  /**
   * Returns the arguments of {@code java} that start the program, as quickly as the launcher does.
   */
  public static List<String> program() {
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        FOLDER.resolve("sluice-runner.jar").toString());
  }

  /** Returns what Lambda gets. */
  public static Path function() {
    return FOLDER.resolve("function.zip");
  }

  private static void build() {
    String launcher = Path.of("sluice").toAbsolutePath().toString();
    try {
      var process = new ProcessBuilder(launcher, "package").redirectErrorStream(true).start();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "'./sluice package' failed: " + new String(output, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while './sluice package' ran", e);
    }
  }
}
