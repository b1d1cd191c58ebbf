package dev.sluice.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, as a process. */
public final class Sluice {
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * The program in a folder.
   *
   * @param folder where it runs and where its output goes
   */
  public Sluice(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts it. */
  public Process start(String... arguments) {
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(Packaged.program());
      command.addAll(List.of(arguments));
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(folder.resolve("stdout").toFile())
              .redirectError(folder.resolve("stderr").toFile());
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  public int run(String... arguments) throws InterruptedException {
    Process process = start(arguments);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
    return process.exitValue();
  }

  /** What the last run printed. */
  public String output() throws IOException {
    return Files.readString(folder.resolve("stdout"));
  }

  /** What it said beside. */
  public String errors() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }
}
