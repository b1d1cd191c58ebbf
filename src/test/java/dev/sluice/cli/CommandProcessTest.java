package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.proof.IssueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a process, among files that are not its own and on disks that are full. */
@Tag("process")
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full and ulimit -f are of Linux")
@Execution(ExecutionMode.CONCURRENT)
final class CommandProcessTest {
  private static final int FIRST_JAVA_THAT_WARNS = 24;

  private final Map<String, String> variables = new TreeMap<>(Map.of("SECRET", "anything"));
  private final List<String> options = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  /** Runs a command by a line of a shell, in which {@code "$@"} is the command. */
  private Result run(String shell, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("bash", "-c", shell, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, Files.readString(folder.resolve("stderr")));
  }

  private void example(URI source, String compression) throws IOException {
    pipeline(
        """
        connector: example
        connection:
          base_url: %s
          username: anybody
          password: ${env:SECRET}
        tables:
          - table: users
        """
            .formatted(source),
        compression);
  }

  private void pipeline(String text, String compression) throws IOException {
    Files.writeString(
        folder.resolve("acme.yaml"),
        "name: acme\ndestination: { uri: 'file:./lake', compression: %s }\n%s"
            .formatted(compression, text));
  }

  @Test
  void settingsOfOthersInTheFolderAndTheEnvironmentMeanNothing() throws Exception {
    String strange =
        """
        quarkus.log.level=TRACE
        quarkus.log.console.json=true
        quarkus.profile=strange
        quarkus.vertx.event-loops-pool-size=many
        quarkus.rest-client.proxy-address=127.0.0.1:1
        quarkus.rest-client.connect-timeout=1
        quarkus.tls.trust-all=many
        quarkus.arc.exclude-types=**
        MP_Fault_Tolerance_NonFallback_Enabled=false
        """;
    Files.createDirectory(folder.resolve("config"));
    for (String file : List.of(".env", "application.properties", "config/application.properties")) {
      Files.writeString(folder.resolve(file), strange);
    }
    strange
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(
            pair ->
                variables.put(pair[0].replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), pair[1]));
    try (var api = ExampleApi.start(ExampleApi.Settings.standard().withErrorRate(0.2))) {
      example(api.baseUri(), "zstd");

      var result = run("exec \"$@\"", "sync", "-p", "acme.yaml", "-o", "json");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("CAUGHT_UP");
      assertThat(result.err().lines().filter(line -> !line.matches("users.*|.*waiting .*")))
          .isEmpty();
    }
  }

  @Test
  void failureBeforeTheCommandBeginsIsPrinted() throws Exception {
    Path services = Files.createDirectories(folder.resolve("broken/META-INF/services"));
    Files.writeString(services.resolve("dev.sluice.spi.ConnectorProvider"), "acme.NoSuchConnector");
    classPath = folder.resolve("broken") + ":" + classPath;

    var result = run("exec \"$@\"", "connectors");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("sluice: a connector on the class path is broken: ")
        .contains("acme.NoSuchConnector");
  }

  @ParameterizedTest
  @CsvSource({"connectors,-o,json", "connectors,github,--help"})
  void outputThatCannotBeWrittenIsAFailure(String command, String first, String second)
      throws Exception {
    var result = run("exec \"$@\" > /dev/full", command, first, second);

    assertThat(result.err()).isEqualTo("sluice: the output cannot be written, or not all of it\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"check", "sync"})
  void libraryThatCannotBeUnpackedIsNamedByItsOption(String command) throws Exception {
    options.add("-Djava.io.tmpdir=" + folder.resolve("acme.yaml"));
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      example(api.baseUri(), "zstd");

      var result = run("exec \"$@\"", command, "-p", "acme.yaml");

      assertThat(result.out() + result.err())
          .contains("'compression: zstd' needs a library that is unpacked to " + folder)
          .contains("set 'compression: gzip'")
          .doesNotContain("Error:");
      assertThat(result.code()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, Cannot use the checkpoints in",
    "4, Cannot create acme/users/data/g=000001/00000000000000000001.jsonl in"
  })
  void fullDiskIsNamedByItsPath(int kilobytes, String what) throws Exception {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      example(api.baseUri(), "none");

      var result = run(limited(kilobytes), "sync", "-p", "acme.yaml");

      assertThat(result.out())
          .contains(what + " " + folder.toRealPath().resolve("lake"))
          .contains("File too large. Make room there");
      assertThat(result.code()).isEqualTo(2);
    }
  }

  @Test
  void fullTemporaryFolderIsNamed() throws Exception {
    try (var source = new IssueServer(20_000)) {
      pipeline(
          """
          connector: github
          connection: { base_url: "%s", token: "${env:SECRET}" }
          tables:
            - table: issues
              options: { owner: o, repo: r, per_page: 100 }
          """
              .formatted(source.url()),
          "none");

      var result = run(limited(1_100), "sync", "-p", "acme.yaml");

      assertThat(result.out())
          .contains("A microbatch cannot be kept in the temporary folder /")
          .contains("File too large. Make room there");
      assertThat(result.code()).isEqualTo(2);
    }
  }

  /** No file grows beyond these kilobytes, as on a disk that is full. */
  private static String limited(int kilobytes) {
    // what goes to a file itself, standard error, comes through a pipe
    return "ulimit -f " + kilobytes + " && exec \"$@\" 2> >(cat >&2)";
  }
}
