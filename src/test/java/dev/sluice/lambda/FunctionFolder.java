package dev.sluice.lambda;

import dev.sluice.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An artefact as Lambda lays it out before a process starts. Unpacked once for all tests. */
final class FunctionFolder {
  /** What the launcher has built. */
  static final Path BUILT = Packaged.function();

  private static final Map<Path, Path> UNPACKED = new ConcurrentHashMap<>();

  private FunctionFolder() {}

  static Path of(Path zip) {
    return UNPACKED.computeIfAbsent(zip, FunctionFolder::unpack);
  }

  private static Path unpack(Path zip) {
    try (var file = new ZipFile(zip.toFile())) {
      Path folder = Files.createTempDirectory("sluice-function");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      for (ZipEntry entry :
          (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (var in = file.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
