package dev.sluice.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cli;
import dev.sluice.cli.LettersProcess;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.FaultServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real processes, real signals. */
@Timeout(30)
final class InterruptsTest {
  @TempDir Path folder;
  private Cli cli;
  private List<Process> started = List.of();

  @BeforeEach
  void cli() {
    cli = new Cli(folder);
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process sync() throws IOException {
    return sync(cli.file());
  }

  private Process sync(Path file) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                LettersProcess.class.getName(),
                "sync",
                "--output",
                "json",
                "-p",
                file.toString())
            .start();
    started = List.of(process);
    return process;
  }

  private void awaitFirstBatch() throws IOException, InterruptedException {
    while (landed().isEmpty()) {
      Thread.onSpinWait();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private List<Path> landed() throws IOException {
    Path data = cli.lake().resolve("acme/letters/data/g=000001");
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(data)) {
      return files.toList();
    }
  }

  @Test
  void firstSignalStopsAtTheNextCommit() throws Exception {
    cli.pipeline("{table: letters, options: {pause_seconds: 1, max_records_per_batch: 1}}");
    var process = sync();
    awaitFirstBatch();

    process.toHandle().destroy();

    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(5);
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
        .contains("Stopping at the next commit");
    var table = JsonDocument.read(out).at("/tables/0");
    assertThat(table.path("outcome").asText()).isEqualTo("OUT_OF_TIME");
    assertThat(table.path("records").asInt()).isBetween(1, 4);
    assertThat(table.at("/offset_after/next").asInt()).isEqualTo(table.path("records").asInt());
  }

  /** What a source does when the signal comes: it asks for a pause, or says nothing at all. */
  static Stream<Answer> waits() {
    return Stream.of(
        FaultServer.status(429, "slow down", "Retry-After: 120"), (request, connection) -> {});
  }

  @ParameterizedTest
  @MethodSource("waits")
  void signalEndsAWaitAtOnceAndWhatIsWholeIsCommitted(Answer wait) throws Exception {
    String issue = "{\"id\":%1$d,\"number\":%1$d,\"updated_at\":\"2026-01-0%1$dT00:00:00Z\"}";
    String page = "[" + issue.formatted(1) + "," + issue.formatted(2) + "]";
    String next = "Link: </repos/o/r/issues?page=2>; rel=\"next\"";
    try (var server = new FaultServer(FaultServer.json(page, next), wait)) {
      var process = sync(gitHub(server));
      while (server.received().size() < 2) {
        assertThat(process.isAlive()).isTrue();
        TimeUnit.MILLISECONDS.sleep(10);
      }

      process.toHandle().destroy();

      assertThat(process.waitFor(5, TimeUnit.SECONDS)).as("ends within seconds").isTrue();
      assertThat(process.exitValue()).isEqualTo(5);
      var table = JsonDocument.read(new String(process.getInputStream().readAllBytes(), UTF_8));
      assertThat(table.at("/tables/0/outcome").asText()).isEqualTo("OUT_OF_TIME");
      assertThat(table.at("/tables/0/records").asInt()).isPositive();
    }
  }

  private Path gitHub(FaultServer server) throws IOException {
    return Files.writeString(
        folder.resolve("github.yaml"),
        """
        name: acme
        connector: github
        connection: { token: "${env:TOKEN}", base_url: "%s" }
        destination: { uri: "file:%s", compression: none }
        tables:
          - table: issues
            options: { owner: o, repo: r }
        """
            .formatted(server.url(), cli.lake()));
  }

  @Test
  void secondSignalEndsAtOnce() throws Exception {
    cli.pipeline("{table: letters, options: {pause_seconds: 60, max_records_per_batch: 1}}");
    var process = sync();
    BufferedReader err = process.errorReader();
    await(err, "pausing as told");

    process.toHandle().destroy();
    await(err, "Stopping at the next commit");
    process.toHandle().destroy();

    assertThat(process.waitFor()).isEqualTo(5);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
  }

  private static void await(BufferedReader err, String words) throws IOException {
    String line;
    do {
      line = err.readLine();
      assertThat(line).as("a line with '%s'", words).isNotNull();
    } while (!line.contains(words));
  }
}
