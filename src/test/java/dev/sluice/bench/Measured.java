package dev.sluice.bench;

import dev.sluice.proof.PeakMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a process cost, with those it started. Read from Linux' {@code /proc}.
 *
 * @param wall from its start to its end
 * @param cpu of user and system, to a hundredth of a second
 * @param peak the most memory that was resident, in bytes
 */
record Measured(Duration wall, Duration cpu, long peak) {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Path SELF = Path.of("/proc/self/stat");

  /** Runs a command to its end; nothing else may be started by this process meanwhile. */
  static Measured run(List<String> command, Path folder) {
    return run(command, folder, Map.of());
  }

  /** The same, with more variables in its environment. */
  static Measured run(List<String> command, Path folder, Map<String, String> environment) {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().putAll(environment);
    try {
      long before = ticks();
      long start = System.nanoTime();
      Process process = builder.start();
      long peak = peak(process);
      int code = process.waitFor();
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      if (code != 0) {
        throw new IllegalStateException(
            "%s ended with %d:%n%s%s"
                .formatted(
                    command,
                    code,
                    Files.readString(folder.resolve("stdout")),
                    Files.readString(folder.resolve("stderr"))));
      }
      return new Measured(wall, TICK.multipliedBy(ticks() - before), peak);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The kernel keeps the maximum; only what is added in the last moment is missed. */
  private static long peak(Process process) throws InterruptedException {
    long peak = 0;
    while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, PeakMemory.of(process));
    }
    return peak;
  }

  /** Of processor time that children of this process have used, in hundredths of a second. */
  private static long ticks() throws IOException {
    String stat = Files.readString(SELF);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }
}
