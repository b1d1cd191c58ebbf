package dev.sluice.bench;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.lambda.Account;
import dev.sluice.lambda.Answer;
import dev.sluice.lambda.LambdaProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How long what was built takes to start: the command and the function, each for a sync that finds
 * nothing new. The stores are emulators in this process, the source is the example API.
 */
public final class StartUp {
  private static final double MEGABYTE = 1 << 20;
  private static final int COMMANDS = 10;
  private static final int PROCESSES = 5;
  private static final List<Integer> SHOWN = List.of(2, 10, 100);
  private static final String EVENT = "{\"pipeline\": \"figures\"}";

  private static final String PASSWORD = "FIGURES_PASSWORD";

  private final Path folder;

  private StartUp(Path folder) {
    this.folder = folder;
  }

  /** Prints what it measures. */
  public static void main(String... arguments) throws Exception {
    measure().forEach(System.out::println);
    System.exit(0); // whatever threads the emulators have
  }

  /** Takes half a minute; `./sluice package` comes first. */
  public static List<StartUpFigure> measure() throws Exception {
    var startUp = new StartUp(Files.createTempDirectory("start-up"));
    var figures = new ArrayList<StartUpFigure>();
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      figures.addAll(startUp.command(api.baseUri()));
      figures.addAll(startUp.function(api.baseUri()));
    }
    return figures;
  }

  private List<StartUpFigure> command(URI source) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve("figures.yaml"),
            """
            name: figures
            destination:
              uri: file:./lake
            %s
            """
                .formatted(tables(source)));
    var builder =
        new ProcessBuilder(
                Path.of("sluice").toAbsolutePath().toString(), "sync", "-p", file.toString())
            .directory(folder.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put(PASSWORD, "anything");
    var runs = new ArrayList<StartUpProcess>();
    for (int i = 0; i < COMMANDS + 2; i++) {
      runs.add(StartUpProcess.run(builder));
    }
    List<StartUpProcess> warm = runs.subList(2, runs.size()); // after a build and what is new
    return List.of(
        StartUpFigure.of("command, nothing new", median(warm, r -> seconds(r.wall())), "s")
            .most(0.6),
        StartUpFigure.of(
            "command, nothing new, processor", median(warm, r -> seconds(r.processor())), "s"),
        StartUpFigure.of(
                "command, nothing new, peak memory",
                median(warm, r -> r.peakResidentBytes() / MEGABYTE),
                "MB")
            .most(200));
  }

  private static String tables(URI source) {
    return """
    connector: example
    connection:
      base_url: %s
      username: anybody
      password: ${env:FIGURES_PASSWORD}
    tables:
      - table: users
    """
        .formatted(source);
  }

  /** One invocation: all of it, what it waited for answers, and the processor's part. */
  private record Step(Duration wall, Duration waited, Duration processor) {
    Duration own() {
      return wall.minus(waited);
    }
  }

  private List<StartUpFigure> function(URI source) throws Exception {
    try (var account = new Account();
        var api = StartUpWaits.before(source);
        var s3 = StartUpWaits.before(endpoint(account, "AWS_ENDPOINT_URL_S3"));
        var dynamoDb = StartUpWaits.before(endpoint(account, "AWS_ENDPOINT_URL_DYNAMODB"))) {
      account.deploy("figures", tables(api.uri()));
      var environment = new TreeMap<>(account.environment());
      environment.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.uri().toString());
      var waits = List.of(api, s3, dynamoDb);
      var cold = new ArrayList<Step>();
      var warm = new LinkedHashMap<Integer, List<Step>>();
      var peaks = new ArrayList<Double>();
      for (int i = 0; i < PROCESSES + 1; i++) {
        try (var process = start(environment)) {
          Step first = invoke(process, waits, Duration.ZERO);
          if (i > 0) { // the first of all may have had something new, and cold files
            cold.add(first);
            rest(process, waits, warm);
            peaks.add(process.peakResidentBytes() / MEGABYTE);
          }
        }
      }
      return figures(cold, warm, peaks);
    }
  }

  private static URI endpoint(Account account, String variable) {
    return URI.create(account.environment().get(variable));
  }

  private LambdaProcess start(Map<String, String> environment) throws IOException {
    return new LambdaProcess.Settings(
            Files.createTempDirectory(folder, "process"), "scheduled-sync")
        .with(environment)
        .with(PASSWORD, "anything")
        .start();
  }

  private static void rest(
      LambdaProcess process, List<StartUpWaits> waits, Map<Integer, List<Step>> warm) {
    for (int i = 2; i <= SHOWN.getLast(); i++) {
      Step step = invoke(process, waits, process.age());
      if (SHOWN.contains(i)) {
        warm.computeIfAbsent(i, key -> new ArrayList<>()).add(step);
      }
    }
  }

  /**
   * @param since the age of the process at which the time begins to count
   */
  private static Step invoke(LambdaProcess process, List<StartUpWaits> waits, Duration since) {
    Duration waitedBefore = waited(waits);
    Duration processor = since.isZero() ? Duration.ZERO : process.processorTime();
    Answer answer = process.invoke(EVENT);
    Duration wall = process.age().minus(since);
    if (answer.kind() != Answer.Kind.RESPONSE) {
      throw new IllegalStateException(answer + process.errors());
    }
    return new Step(
        wall, waited(waits).minus(waitedBefore), process.processorTime().minus(processor));
  }

  private static Duration waited(List<StartUpWaits> waits) {
    return waits.stream().map(StartUpWaits::waited).reduce(Duration.ZERO, Duration::plus);
  }

  private static List<StartUpFigure> figures(
      List<Step> cold, Map<Integer, List<Step>> warm, List<Double> peaks) {
    var figures = new ArrayList<StartUpFigure>();
    figures.add(
        StartUpFigure.of(
                "function, start to first answer", median(cold, s -> seconds(s.wall())), "s")
            .most(1.0));
    figures.add(
        StartUpFigure.of(
            "function, start to first answer, processor",
            median(cold, s -> seconds(s.processor())),
            "s"));
    warm.forEach(
        (number, steps) -> {
          String name = "function, invocation " + number;
          figures.add(StartUpFigure.of(name, median(steps, s -> millis(s.wall())), "ms"));
          figures.add(
              StartUpFigure.of(
                  name + ", waited for answers", median(steps, s -> millis(s.waited())), "ms"));
          figures.add(
              StartUpFigure.of(name + ", beyond that", median(steps, s -> millis(s.own())), "ms")
                  .most(20));
        });
    figures.add(
        StartUpFigure.of("function, peak memory", median(peaks, Double::doubleValue), "MB")
            .most(200));
    return figures;
  }

  private static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
    return values.stream()
        .mapToDouble(figure)
        .sorted()
        .skip(values.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
