import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A build for whoever runs Sluice from its sources, into {@code target/launcher}: what is up to
 * date stays, and of several at once one builds and the others wait for it.
 *
 * <pre>
 * java Build.java ROOT program ARCHIVE JAVA_OPTION...   the program, and its classes for one JDK
 * java Build.java ROOT package                          the program and function.zip, whose path it prints
 * </pre>
 */
final class Build {
  private final Path root;
  private final Path out;
  private final Path jar;
  private final Path stamp;
  private final Path zip;
  private final Path wholeZip;

  private Build(Path root) {
    this.root = root;
    out = root.resolve("target/launcher");
    jar = out.resolve("sluice-runner.jar");
    stamp = out.resolve("built");
    zip = out.resolve("function.zip");
    wholeZip = out.resolve("function-whole.zip");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var build = new Build(Path.of(arguments[0]));
    var lockFile = build.out.resolve("lock");
    if (!isFolder(build.out)) {
      stop(2, "Building Sluice writes to " + build.out + ", which this user may not do.");
    }
    // The system releases the lock of a process that is killed.
    try (var channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        say("Waiting for another build of Sluice ...");
        channel.lock();
      }
      build.program();
      if (arguments[1].equals("package")) {
        build.function();
      } else {
        build.archive(Path.of(arguments[2]), List.of(arguments).subList(3, arguments.length));
      }
    }
  }

  private void program() throws IOException, InterruptedException {
    if (isBuilt()) {
      return;
    }
    boolean first = Files.notExists(jar);
    say("Building Sluice (" + (first ? "first use" : "sources have changed") + ") ...");
    Path next = out.resolve("built.next"); // what changes while it builds is newer than this
    Files.deleteIfExists(next);
    Files.createFile(next);
    Path log = out.resolve("build.log");
    var maven = new ArrayList<>(List.of(root.resolve("mvnw").toString(), "-q", "package"));
    maven.addAll(List.of("-f", root.resolve("pom.xml").toString()));
    maven.addAll(List.of("-Punchecked", "-Dmaven.test.skip", "-Dexec.skip"));
    maven.addAll(List.of("-Dquarkus.generate-code.skip", "-Dsluice.build.directory=" + out));
    int code = run(log, maven);
    if (code != 0) {
      System.err.write(Files.readAllBytes(log));
      stop(code, "The build failed; the log is " + log);
    }
    Files.move(zip, wholeZip, StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, stamp, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether nothing is newer; a folder's time changes when a file in it goes. */
  private boolean isBuilt() throws IOException {
    if (Files.notExists(jar)
        || Files.notExists(stamp)
        || (Files.notExists(zip) && Files.notExists(wholeZip))) {
      return false;
    }
    var sources =
        Stream.of("pom.xml", "mvnw", ".mvn", "src/main", "src/build").map(root::resolve).toList();
    for (Path source : sources) {
      try (var files = Files.walk(source)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (isNewer(file, stamp)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void function() throws IOException, InterruptedException {
    if (Files.exists(wholeZip)) {
      Path log = out.resolve("package.log");
      Path program = root.resolve("src/build/FunctionZip.java");
      int code = run(log, List.of(java(), program.toString(), wholeZip.toString()));
      if (code != 0) {
        System.err.write(Files.readAllBytes(log));
        stop(code, "The functions could not be packaged.");
      }
      Files.move(wholeZip, zip, StandardCopyOption.REPLACE_EXISTING);
    }
    String size = String.format(Locale.ROOT, "%.1f MB", Files.size(zip) / 1e6);
    say(size + " for Lambda; the handler is dev.sluice.functions.LambdaHandler::handleRequest");
    System.out.println(zip);
  }

  /**
   * Runs the demo and keeps the classes that it loaded. An AOT cache of Java 25 would take one
   * step, but starts later. Where this fails, an empty file says not to try again.
   */
  private void archive(Path archive, List<String> options)
      throws IOException, InterruptedException {
    Path archives = archive.getParent();
    if (isNewer(archive, jar) || !isFolder(archives)) {
      return;
    }
    say("Preparing Sluice for faster starts with this JDK ...");
    try (var earlier = Files.newDirectoryStream(archives, "*.jsa")) {
      for (Path file : earlier) {
        if (!isNewer(file, jar)) {
          Files.delete(file);
        }
      }
    }
    Path rehearsal = Files.createDirectories(archives.resolve("rehearsal"));
    Path part = rehearsal.resolve("archive");
    var demo = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
    demo.addAll(options);
    demo.add("-XX:DumpLoadedClassList=" + rehearsal.resolve("classes"));
    demo.addAll(List.of("-jar", jar.toString(), "demo"));
    demo.addAll(List.of("--dir", rehearsal.resolve("demo").toString()));
    run(archives.resolve("rehearsal.log"), demo);
    var dump = new ArrayList<>(List.of(java(), "-Xshare:dump"));
    dump.addAll(options);
    // Linked classes are of Java 24 and later.
    dump.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+AOTClassLinking"));
    dump.add("-XX:SharedClassListFile=" + rehearsal.resolve("classes"));
    dump.add("-XX:SharedArchiveFile=" + part);
    dump.addAll(List.of("-cp", jar.toString()));
    run(archives.resolve("dump.log"), dump);
    if (Files.notExists(part)) {
      Files.writeString(part, "");
    }
    Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
    delete(rehearsal);
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
  }

  /** Whether a folder is there, or could be made, that this user may write to. */
  private static boolean isFolder(Path folder) {
    try {
      return Files.isWritable(Files.createDirectories(folder));
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String java() {
    return Path.of(System.getenv("JAVA_HOME"), "bin", "java").toString();
  }

  private static int run(Path log, List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private static void say(String text) {
    System.err.println(text);
  }

  private static void stop(int code, String text) {
    say(text);
    System.exit(code);
  }
}
