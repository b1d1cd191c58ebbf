package dev.sluice.bench;

import dev.sluice.bench.BareProgram.Work;
import dev.sluice.lake.Compression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that are measured.
 *
 * @param folder for what they write
 */
record Programs(URI source, Path folder) {
  private static final Path LAUNCHER = Path.of("sluice").toAbsolutePath();

  /** What the bare program needs, and nothing else that would slow its start. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
        .filter(entry -> entry.matches(".*(test-classes|/jackson-core-2[^/]*|/zstd-jni-[^/]*)"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  List<String> bare(Work work, int perPage) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        BareProgram.class.getName(),
        "%s%s?state=all&sort=updated&direction=asc&per_page=%d"
            .formatted(source, IssueFeed.PATH, perPage),
        work.name(),
        folder.resolve("bare").toString());
  }

  /** A sync into a lake that is there already, or not. */
  List<String> sync(Compression compression, int perPage) {
    Path token = folder.resolve("token");
    write(token, "anything");
    Path file = folder.resolve("pipeline.yaml");
    write(
        file,
        """
        name: bench
        connector: github
        connection:
          base_url: %s
          token: ${file:%s}
        destination:
          uri: file:./lake
          format: jsonl
          compression: %s
        time_budget: 1h
        tables:
          - table: issues
            options: { owner: o, repo: r, per_page: %d }
        """
            .formatted(source, token, label(compression), perPage));
    return List.of(LAUNCHER.toString(), "sync", "-p", file.toString());
  }

  /** As pipeline files name it. */
  static String label(Compression compression) {
    return compression.name().toLowerCase(Locale.ROOT);
  }

  /** Of the objects of the lake. */
  long bytesInLake() {
    try (Stream<Path> files = Files.walk(folder.resolve("lake/bench/issues/data"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long bytesOfBare() {
    return folder.resolve("bare").toFile().length();
  }

  void removeLake() {
    if (Files.exists(folder.resolve("lake"))) {
      remove(folder.resolve("lake"));
    }
  }

  /** With the folder. */
  void removeAll() {
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
