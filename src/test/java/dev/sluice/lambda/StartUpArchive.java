package dev.sluice.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The functions as a container image may hold them: in jars, with what a JVM kept of a start. */
public final class StartUpArchive {
  private static final int INVOCATIONS = 20;

  private StartUpArchive() {}

  /** What the launcher has built, all of it in jars: such archives take no folders. */
  public static List<Path> jars(Path folder) throws IOException {
    return jars(FunctionFolder.of(FunctionFolder.BUILT), folder);
  }

  /**
   * All of an unpacked zip in jars.
   *
   * @param folder where the jar of what lies in folders comes
   */
  static List<Path> jars(Path unpacked, Path folder) throws IOException {
    Path application = folder.resolve("application.jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(application));
        Stream<Path> files = Files.walk(unpacked)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = unpacked.relativize(file);
        if (!name.startsWith("lib")) {
          jar.putNextEntry(new ZipEntry(name.toString()));
          Files.copy(file, jar);
        }
      }
    }
    var jars = new ArrayList<Path>(List.of(application));
    try (Stream<Path> libraries = Files.list(unpacked.resolve("lib"))) {
      libraries.sorted().forEach(jars::add);
    }
    return jars;
  }

  /** Makes a cache of a process that answers some events. From Java 25 on. */
  public static void train(LambdaProcess.Settings settings, String event, Path cache) {
    try (var process = settings.option("-XX:AOTCacheOutput=" + cache).start()) {
      for (int i = 0; i < INVOCATIONS; i++) {
        process.invoke(event);
      }
      process.stop();
    }
  }
}
