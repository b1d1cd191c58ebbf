package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real launcher, in a folder of its own, with a Java and a Maven that only say what they do.
 */
@Timeout(60)
final class LauncherTest {
  private static final String PREPARING = "Preparing Sluice for faster starts with this JDK ...\n";
  private static final String DOWNLOADED = "apache-maven-3.9.11";

  @TempDir static Path classes;
  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private Path root;

  private record Result(int code, String out, String err) {}

  /** Once for all tests: Java would compile them at each start. */
  @BeforeAll
  static void compile() {
    var sources = List.of("src/build/Build.java", "src/build/FunctionZip.java");
    var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(sources);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
  }

  @BeforeEach
  void repository() throws IOException {
    root = Files.createDirectories(folder.resolve("a repository"));
    for (String program : List.of("sluice", "mvnw")) {
      executable(root.resolve(program), Files.readString(Path.of(program)));
    }
    Files.createDirectories(root.resolve("src/build"));
    for (String file : List.of("Build.java", "FunctionZip.java", "jdk.sh")) {
      Files.copy(Path.of("src/build", file), root.resolve("src/build").resolve(file));
    }
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve(".mvn"));
    Files.createDirectories(root.resolve("src/main/java"));
    Files.writeString(root.resolve("src/main/java/A.java"), "");
    makeOlder(root.resolve("src/main/java/A.java"));
    variables.put("PATH", folder.resolve("bin") + ":" + tools());
    variables.put("HOME", folder.toString());
    variables.put("SLUICE_JDKS", folder.resolve("jdks").toString());
    maven("3.9.9", 0);
  }

  /** The programs that every machine has, and no Java or Maven of this machine. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "cat",
            "cksum",
            "curl",
            "dirname",
            "find",
            "gzip",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sha512sum",
            "shasum",
            "sleep",
            "stty",
            "tar")) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        Path link = tools.resolve(tool);
        if (Files.exists(Path.of(place + tool)) && !Files.exists(link)) {
          Files.createSymbolicLink(link, Path.of(place + tool));
        }
      }
    }
    return tools;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void makeOlder(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = jre(name, version);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private Path jre(String name, String version) throws IOException {
    Path home = folder.resolve("jdks").resolve(name);
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        case $* in
          *src/build/*.java*)
            until [ "${1%%.java}" != "$1" ]; do shift; done
            name=${1##*/} && shift
            exec "%s/bin/java" -XX:TieredStopAtLevel=1 -cp "%s" "${name%%.java}" "$@" ;;
        esac
        echo "java %s in $(pwd)"
        for a in "$@"; do
          echo "[$a]"
          case $a in
            -Xshare:dump) dump=yes ;;
            -XX:SharedArchiveFile=*) [ -z "$dump" ] || printf classes >"${a#*=}" ;;
          esac
        done
        exit 7
        """
            .formatted(System.getProperty("java.home"), classes, version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  private void maven(String version, int code) throws IOException {
    executable(
        folder.resolve("bin/mvn"),
        """
        #!/bin/sh
        if [ "$1" = --version ]; then echo "Apache Maven %s (abc)"; exit; fi
        echo "$JAVA_HOME: $*" >>"%s"
        echo "a line of the build"
        [ ! -e "%s" ] || exec sleep 600
        mkdir -p "%s" && cd "%s" && : >sluice-runner.jar && printf 'a zip' >function.zip
        exit %d
        """
            .formatted(version, builds(), folder.resolve("hang"), app(), app(), code));
  }

  private Path app() {
    return root.resolve("target/launcher");
  }

  private Path builds() {
    return folder.resolve("builds.log");
  }

  private int builtTimes() throws IOException {
    return Files.exists(builds()) ? Files.readAllLines(builds()).size() : 0;
  }

  private Process start(String... arguments) throws IOException {
    return start(root.resolve("sluice"), List.of(arguments));
  }

  private Process start(Path program, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return run(root.resolve("sluice"), List.of(arguments));
  }

  private Result run(Path program, List<String> arguments)
      throws IOException, InterruptedException {
    var process = start(program, arguments);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  @Test
  void buildsOnFirstUseAndHandsOverInTheCallersFolder() throws Exception {
    jdk("21", "21.0.4");

    var result = run("sync", "-p", "my pipeline.yaml");

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.err()).isEqualTo("Building Sluice (first use) ...\n" + PREPARING);
    assertThat(result.out())
        .startsWith("java 21.0.4 in " + folder.toRealPath())
        .contains("[--enable-native-access=ALL-UNNAMED]\n")
        .endsWith("sluice-runner.jar]\n[sync]\n[-p]\n[my pipeline.yaml]\n");
    assertThat(Files.readString(builds())).startsWith(folder.resolve("jdks/21") + ": ");
  }

  @Test
  void classesThatAreLoadedOnceAreKept() throws Exception {
    jdk("25", "25.0.1");

    var first = run("sync");
    var second = run("sync");

    assertThat(first.out())
        .containsPattern("\\[-XX:SharedArchiveFile=.*/target/launcher/archives/\\d+\\.jsa]")
        .contains("[-Xlog:disable]");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).isEmpty();
    assertThat(Files.readString(app().resolve("archives/rehearsal.log"))).contains("[demo]\n");
    assertThat(Files.readString(app().resolve("archives/dump.log")))
        .containsPattern("\\[-Xshare:dump]\\s(.*\\s)*\\[-XX:SharedArchiveFile=.*/archive]");
    assertThat(app().resolve("archives/rehearsal")).doesNotExist();
  }

  @Test
  void everyJdkHasAnArchiveOfItsOwn() throws Exception {
    variables.put("JAVA_HOME", jdk("25", "25.0.1").toString());
    var newer = run();
    variables.put("JAVA_HOME", jdk("21", "21.0.1").toString());
    var older = run();
    variables.put("JAVA_HOME", jdk("25", "25.0.1").toString());
    var newerAgain = run();

    assertThat(older.err()).isEqualTo(PREPARING);
    assertThat(older.out()).containsPattern("\\[-XX:SharedArchiveFile=.*/\\d+\\.jsa]");
    assertThat(newerAgain.err()).isEmpty();
    assertThat(newerAgain.out()).isEqualTo(newer.out());
    try (var archives = Files.list(app().resolve("archives"))) {
      assertThat(archives.filter(file -> file.toString().endsWith(".jsa"))).hasSize(2);
    }
  }

  @Test
  void archiveIsMadeAgainForAnotherBuild() throws Exception {
    jdk("25", "25");
    run();
    Files.writeString(root.resolve("src/main/java/B.java"), "");

    assertThat(run().err()).endsWith(PREPARING);
    assertThat(run().err()).isEmpty();
  }

  @Test
  void jdkThatMakesNoArchiveIsAskedOnce() throws Exception {
    Path home = jdk("25", "25");
    Path java = home.resolve("bin/java");
    executable(java, Files.readString(java).replace("-Xshare:dump)", "-Xshare:none)"));

    var first = run();
    var second = run();

    assertThat(first.err()).endsWith(PREPARING);
    assertThat(first.code()).isEqualTo(7);
    assertThat(first.out()).doesNotContain("-XX:SharedArchiveFile");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void whereNoArchiveCanBeKeptTheCommandRunsWithoutOne() throws Exception {
    jdk("25", "25");
    Files.createDirectories(app());
    Files.writeString(app().resolve("archives"), "not a folder");

    var result = run("sync");

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.err()).isEqualTo("Building Sluice (first use) ...\n");
    assertThat(result.out()).doesNotContain("-XX:SharedArchiveFile").endsWith("[sync]\n");
  }

  @Test
  void archivesOfAnEarlierBuildGoWithIt() throws Exception {
    variables.put("JAVA_HOME", jdk("25", "25.0.1").toString());
    run();
    variables.put("JAVA_HOME", jdk("21", "21.0.1").toString());
    run();
    Files.writeString(root.resolve("src/main/java/B.java"), "");

    run();

    try (var archives = Files.list(app().resolve("archives"))) {
      assertThat(archives.filter(file -> file.toString().endsWith(".jsa"))).hasSize(1);
    }
  }

  @Test
  void packagesForLambdaAndPrintsWhereTheZipIs() throws Exception {
    jdk("21", "21");

    var result = run("package");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .isEqualTo(root.toRealPath().resolve("target/launcher/function.zip") + "\n");
    assertThat(result.err()).contains("0.0 MB for Lambda").contains("::handleRequest");
    assertThat(run("package").err()).doesNotContain("Building");
    assertThat(builtTimes()).isEqualTo(1);
  }

  @Test
  void buildsAgainOnlyWhenSourcesChanged() throws Exception {
    jdk("21", "21");
    run();
    assertThat(run().err()).isEmpty();
    assertThat(builtTimes()).isEqualTo(1);

    Files.writeString(root.resolve("src/main/java/B.java"), "");
    assertThat(run().err()).isEqualTo("Building Sluice (sources have changed) ...\n" + PREPARING);
    assertThat(run().err()).isEmpty();
    assertThat(builtTimes()).isEqualTo(2);

    Files.delete(root.resolve("src/main/java/B.java"));
    assertThat(run().err()).contains("Building");
    assertThat(builtTimes()).isEqualTo(3);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    jdk("21", "21");

    var one = start();
    var other = start();

    assertThat(one.waitFor()).isEqualTo(7);
    assertThat(other.waitFor()).isEqualTo(7);
    assertThat(builtTimes()).isEqualTo(1);
  }

  @Test
  void killedBuildIsNoObstacle() throws Exception {
    jdk("21", "21");
    Path hang = Files.createFile(folder.resolve("hang"));
    var killed = start();
    try (var errors = killed.errorReader()) {
      assertThat(errors.readLine()).startsWith("Building Sluice");
    }
    killed.descendants().forEach(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor();
    Files.delete(hang);

    assertThat(run().code()).isEqualTo(7);
    assertThat(app().resolve("built")).exists();
  }

  @Test
  void failedBuildIsShownAndTriedAgain() throws Exception {
    jdk("21", "21");
    maven("3.9.9", 1);

    var failed = run();
    maven("3.9.9", 0);
    var repaired = run();

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("a line of the build").contains("The build failed");
    assertThat(repaired.code()).isEqualTo(7);
  }

  @Test
  void javaHomeComesFirstThenThePathThenTheNewestInTheFolders() throws Exception {
    jdk("21", "21.0.1");
    jdk("25", "25.0.1");
    assertThat(run().out()).startsWith("java 25.0.1 ");

    Files.createSymbolicLink(
        folder.resolve("bin/javac"), jdk("on-the-path", "22.0.1").resolve("bin/javac"));
    assertThat(run().out()).startsWith("java 22.0.1 ");

    variables.put("JAVA_HOME", jdk("home", "23").toString());
    assertThat(run().out()).startsWith("java 23 ");
  }

  @Test
  void whatIsTooOldOrHasNoCompilerIsPassedOver() throws Exception {
    variables.put("JAVA_HOME", jdk("old", "17.0.15").toString());
    jdk("21", "21");

    assertThat(run().out()).startsWith("java 21 ");
  }

  @Test
  void withoutAnyJdkItSaysWhatItSaw() throws Exception {
    variables.put("JAVA_HOME", jdk("older", "1.8.0_402").toString());
    Path jre = jre("runtime-only", "25");
    Files.createSymbolicLink(folder.resolve("bin/java"), jre.resolve("bin/java"));

    var result = run("--help");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("needs a JDK of version 21 or later")
        .contains("older (JAVA_HOME): Java 8")
        .contains("runtime-only (PATH): Java 25 without a compiler");
    assertThat(builtTimes()).isZero();
  }

  @Test
  void jdkInAFolderThatIsTooOldIsNamed() throws Exception {
    jdk("in-a-folder", "20.0.2");

    var result = run("--help");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("in-a-folder (found): Java 20");
  }

  @Test
  void jdkWithoutAReleaseFileIsAsked() throws Exception {
    Path home = jdk("21", "21");
    Files.delete(home.resolve("release"));
    Path java = home.resolve("bin/java");
    String answer = "case $1 in -version) echo 'openjdk version \"21.0.4\"' >&2; exit ;; esac";
    executable(java, Files.readString(java).replace("#!/bin/sh\n", "#!/bin/sh\n" + answer + "\n"));

    assertThat(run().out()).startsWith("java 21 ");
  }

  @Test
  void runsThroughLinksInAnyNumber() throws Exception {
    jdk("21", "21");
    Path link = folder.resolve("bin/sluice-link");
    Files.createSymbolicLink(link, Path.of("../a repository/sluice"));
    Path outer = Files.createSymbolicLink(folder.resolve("outer"), Path.of("bin/sluice-link"));
    run();

    var result = run(outer, List.of("sync"));

    assertThat(result.code()).isEqualTo(7);
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).endsWith("sluice-runner.jar]\n[sync]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "tr_TR.UTF-8", "en_US.UTF-8"})
  void runsInAnyLocale(String locale) throws Exception {
    variables.put("LC_ALL", locale);
    jdk("21", "21");

    var result = run("sync");

    assertThat(result.code()).isEqualTo(7);
    assertThat(run("sync").out()).isEqualTo(result.out()).contains("SharedArchiveFile");
  }

  @Test
  void runsWithoutAHome() throws Exception {
    variables.remove("HOME");
    jdk("21", "21");
    assertThat(run().code()).isEqualTo(7);

    variables.remove("SLUICE_JDKS");
    assertThat(run().err()).doesNotContain("HOME: ");
  }

  @Test
  void widthIsThatOfTheTerminal() throws Exception {
    Path script = Path.of("/usr/bin/script");
    assumeThat(script).isExecutable();
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    jdk("21", "21");
    run();

    String command = "stty cols 77 && '%s' sync".formatted(root.resolve("sluice"));
    var result = run(script, List.of("-qec", command, "/dev/null"));

    assertThat(result.out())
        .contains("[-Dsluice.terminals=0,1,2]")
        .contains("[-Dsluice.columns=77]");
  }

  @Test
  void withoutMavenOrWithAnOldOneItSaysSo() throws Exception {
    variables.put("MVNW_REPOURL", folder.resolve("nothing").toUri().toString());
    jdk("21", "21");
    maven("3.6.3", 0);
    var old = run();
    Files.delete(folder.resolve("bin/mvn"));
    var none = run();

    assertThat(old.code()).isEqualTo(2);
    assertThat(old.err()).contains("needs Maven 3.8 or later; 'mvn' on the PATH is 3.6.");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains("needs Maven 3.8 or later. It cannot be downloaded from file:")
        .contains("Install it");
  }

  @Test
  void mavenIsDownloadedOnceWhereThereIsNone() throws Exception {
    jdk("21", "21");
    String checksum = mavenToDownload();
    Path mvnw = root.resolve("mvnw");
    executable(mvnw, Files.readString(mvnw).replaceFirst("sha512=.*", "sha512=" + checksum));

    assertThat(run().code()).isEqualTo(7);
    variables.remove("MVNW_REPOURL");
    Files.writeString(root.resolve("src/main/java/B.java"), "");
    assertThat(run().code()).isEqualTo(7);

    assertThat(builtTimes()).isEqualTo(2);
    try (var files = Files.list(folder.resolve(".m2/wrapper/dists"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly(DOWNLOADED);
    }
  }

  @Test
  void downloadOfSomethingElseIsNotRun() throws Exception {
    jdk("21", "21");
    String checksum = mavenToDownload();

    var result = run();

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("is not Maven 3.9.11: its SHA-512 is " + checksum);
    assertThat(builtTimes()).isZero();
    assertThat(folder.resolve(".m2/wrapper/dists")).isEmptyDirectory();
  }

  /** Moves what is on the PATH into an archive as a repository has it; returns its checksum. */
  private String mavenToDownload() throws Exception {
    Path home = Files.createDirectories(folder.resolve("unpacked").resolve(DOWNLOADED));
    Files.createDirectories(home.resolve("bin"));
    Files.move(folder.resolve("bin/mvn"), home.resolve("bin/mvn"));
    Path repository = folder.resolve("repository");
    Path archive =
        repository.resolve("org/apache/maven/apache-maven/3.9.11/" + DOWNLOADED + "-bin.tar.gz");
    Files.createDirectories(archive.getParent());
    variables.put("MVNW_REPOURL", repository.toUri().toString());
    var tar =
        run(
            Path.of("/usr/bin/env"),
            List.of("tar", "-czf", archive.toString(), "-C", folder + "/unpacked", DOWNLOADED));
    assertThat(tar.code()).as(tar.err()).isZero();
    var digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void testsAreMavensWithTheJdkThatWasFound() throws Exception {
    Path home = jdk("21", "21");

    var result = run("test", "-Dproof.kills=50");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("a line of the build\n");
    assertThat(Files.readAllLines(builds()))
        .hasSize(2)
        .last()
        .isEqualTo(
            "%s: -Dstyle.color=never -f %s/pom.xml test -Dproof.kills=50"
                .formatted(home, root.toRealPath()));
  }

  @Test
  void testsOfChoiceAreBuiltWithoutTheChecksAndInAFolderOfTheirOwn() throws Exception {
    jdk("21", "21");

    var result = run("test", "-Dtest=HelpTest");

    assertThat(result.code()).isZero();
    assertThat(Files.readAllLines(builds()))
        .singleElement()
        .asString()
        .endsWith(
            " -Punchecked -Dsluice.build.directory=%s/target/selected/target test -Dtest=HelpTest"
                .formatted(root.toRealPath()));
  }

  @Test
  void benchmarksGetTheirArguments() throws Exception {
    jdk("21", "21");

    var result = run("bench", "--records", "10");

    assertThat(result.code()).isZero();
    assertThat(Files.readAllLines(builds()))
        .last()
        .asString()
        .endsWith(" -q -Punchecked,bench test-compile -Dbench.arguments=--records 10");
  }
}
