package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.lambda.LambdaProcess.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures, and asserts next to nothing: how long a process takes from its start to the answer of a
 * sync that finds nothing new, and what of it is the processor's, how long the next one takes, and
 * how much memory it has had. The stores are emulators in this process, the source is the example
 * API.
 *
 * <p>{@code ./sluice test -Dtest=StartUpFigures}; it takes the number of processes of each kind
 * from {@code figures.runs}, and the artefact from {@code figures.zip}.
 */
class StartUpFigures {
  private static final int RUNS = Integer.getInteger("figures.runs", 5);
  private static final int WARM = 20;
  private static final Path ZIP =
      Path.of(System.getProperty("figures.zip", FunctionFolder.BUILT.toString())).toAbsolutePath();
  private static final String EVENT = "{\"pipeline\": \"figures\"}";

  @TempDir Path folder;

  private record Figures(Duration cold, Duration processor, Duration warm, long peak) {}

  @Test
  void figures() throws Exception {
    try (var account = new Account().parameter("password", "anything");
        var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      account.deploy(
          "figures",
          """
          connector: example
          connection:
            base_url: %s
            username: anybody
            password: ${ssm:password}
          tables:
            - table: events
            - table: users
            - table: orders
          """
              .formatted(api.baseUri()));
      System.out.printf(
          "function.zip %.1f MB, unpacked %.1f MB%n",
          Files.size(ZIP) / 1e6, size(FunctionFolder.of(ZIP)) / 1e6);
      System.out.printf("%-44s %10s %10s %10s %10s%n", "", "cold", "processor", "warm", "peak RSS");

      measure("as Lambda starts it (first compiler only)", account, s -> s);
      measure("both compilers", account, s -> s.option("-XX:TieredStopAtLevel=4"));
      measure("1024 MB", account, s -> s.memory(1024));
      List<Path> jars = StartUpArchive.jars(FunctionFolder.of(ZIP), folder);
      measure("jars only", account, s -> s.classPath(jars));
      Path cache = folder.resolve("sluice.aot");
      StartUpArchive.train(settings(account).classPath(jars), EVENT, cache);
      System.out.printf("AOT cache %.1f MB%n", Files.size(cache) / 1e6);
      measure(
          "jars only, AOT cache", account, s -> s.classPath(jars).option("-XX:AOTCache=" + cache));
    }
  }

  private Settings settings(Account account) throws IOException {
    return new Settings(Files.createTempDirectory(folder, "process"), "scheduled-sync")
        .with(account.environment())
        .zip(ZIP);
  }

  private void measure(String name, Account account, UnaryOperator<Settings> variant)
      throws IOException {
    var figures = new ArrayList<Figures>();
    for (int i = 0; i < RUNS + 1; i++) {
      try (var process = variant.apply(settings(account)).start()) {
        assertThat(process.invoke(EVENT).kind()).isEqualTo(FunctionAnswer.Kind.RESPONSE);
        Duration cold = process.age();
        Duration processor = process.processorTime();
        Duration before = process.age();
        for (int j = 0; j < WARM; j++) {
          process.invoke(EVENT);
        }
        Duration warm = process.age().minus(before).dividedBy(WARM);
        figures.add(new Figures(cold, processor, warm, process.peakResidentBytes()));
      }
    }
    figures.removeFirst(); // which may have had something new, and cold files
    System.out.printf(
        "%-44s %7d ms %7d ms %7d ms %7d MB%n",
        name,
        median(figures.stream().map(f -> f.cold().toMillis())),
        median(figures.stream().map(f -> f.processor().toMillis())),
        median(figures.stream().map(f -> f.warm().toMillis())),
        median(figures.stream().map(Figures::peak)) / (1024 * 1024));
  }

  private static long median(Stream<Long> values) {
    return values.sorted().skip(RUNS / 2).findFirst().orElseThrow();
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
