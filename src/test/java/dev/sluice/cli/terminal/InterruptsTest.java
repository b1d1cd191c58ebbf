package dev.sluice.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Cli;
import dev.sluice.cli.LettersProcess;
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
                cli.file().toString())
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
