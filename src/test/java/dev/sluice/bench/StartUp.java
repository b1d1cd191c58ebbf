package dev.sluice.bench;

import dev.sluice.connectors.example.api.ExampleApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long what was built takes to start: the command and the function, each for a sync of one
 * table that finds nothing new. The stores are emulators in this process, the source is the example
 * API.
 */
public final class StartUp {
  private static final String PASSWORD = "FIGURES_PASSWORD";
  private static final int COMMANDS = 10;

  private StartUp() {}

  /** Prints what it measures. */
  public static void main(String... arguments) throws Exception {
    measure().forEach(System.out::println);
    System.exit(0); // whatever threads the emulators have
  }

  /** Takes a minute or two; {@code ./sluice package} comes first. */
  public static List<StartUpFigure> measure() throws Exception {
    Path folder = Files.createTempDirectory("start-up");
    var figures = new ArrayList<StartUpFigure>();
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      figures.addAll(command(api.baseUri(), folder));
      figures.addAll(new StartUpFunction(folder).measure(api.baseUri()));
    }
    return figures;
  }

  private static List<StartUpFigure> command(URI source, Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("figures.yaml"),
            """
            name: figures
            destination:
              uri: file:./lake
            %s
            """
                .formatted(tables(source, "env:" + PASSWORD)));
    var command =
        List.of(Path.of("sluice").toAbsolutePath().toString(), "sync", "-p", file.toString());
    var environment = Map.of("JAVA_HOME", System.getProperty("java.home"), PASSWORD, "anything");
    var runs = new ArrayList<Measured>();
    for (int i = 0; i < COMMANDS + 2; i++) {
      runs.add(Measured.run(command, folder, environment));
    }
    var warm = runs.subList(2, runs.size()); // the first had to build or something new to read
    String name = "command, nothing new";
    return List.of(
        StartUpFigure.median(name, warm, run -> run.wall().toMillis(), "ms").most(600),
        StartUpFigure.median(name + ", processor", warm, run -> run.cpu().toMillis(), "ms"),
        StartUpFigure.median(name + ", peak memory", warm, run -> run.peak() / 1e6, "MB")
            .most(200));
  }

  /**
   * Of a pipeline file.
   *
   * @param password names it, such as {@code ssm:password}
   */
  static String tables(URI source, String password) {
    return """
    connector: example
    connection:
      base_url: %s
      username: anybody
      password: ${%s}
    tables:
      - table: users
    """
        .formatted(source, password);
  }
}
