package dev.sluice.bench;

import dev.sluice.lambda.Account;
import dev.sluice.lambda.FunctionAnswer;
import dev.sluice.lambda.LambdaProcess;
import dev.sluice.lambda.StartUpArchive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Starts of the packaged function, as Lambda makes them, and what follows in the same process. */
final class StartUpFunction {
  private static final int PROCESSES = 5;
  private static final List<Integer> SHOWN = List.of(2, 10, 100);
  private static final int FIRST_JAVA_WITH_CACHE = 25;
  private static final String EVENT = "{\"pipeline\": \"figures\"}";

  private final Path folder;

  StartUpFunction(Path folder) {
    this.folder = folder;
  }

  /** One invocation: all of it, and the part in which it waited for answers. */
  private record Step(Duration wall, Duration waited) {
    Duration own() {
      return wall.minus(waited);
    }
  }

  /** One process: its invocations in their order, its processor time at the first and the last. */
  private record Life(List<Step> steps, Duration first, Duration last, long peak) {
    Step step(int number) {
      return steps.get(number - 1);
    }

    double processorOfLater() {
      return millis(last.minus(first)) / (steps.size() - 1);
    }
  }

  List<StartUpFigure> measure(URI source) throws Exception {
    try (var account = new Account().parameter("password", "anything");
        var api = StartUpWaits.before(source);
        var s3 = StartUpWaits.before(endpoint(account, "AWS_ENDPOINT_URL_S3"));
        var dynamoDb = StartUpWaits.before(endpoint(account, "AWS_ENDPOINT_URL_DYNAMODB"))) {
      account.deploy("figures", StartUp.tables(api.uri(), "ssm:password"));
      var environment = new TreeMap<>(account.environment());
      environment.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
      environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.uri().toString());
      Callable<LambdaProcess.Settings> settings =
          () ->
              new LambdaProcess.Settings(
                      Files.createTempDirectory(folder, "process"), "scheduled-sync")
                  .with(environment);
      var waits = List.of(api, s3, dynamoDb);
      var figures = new ArrayList<>(figures("function", lives(settings, waits)));
      if (Runtime.version().feature() >= FIRST_JAVA_WITH_CACHE) {
        figures.addAll(figures("function, AOT cache", lives(withCache(settings), waits)));
      }
      return figures;
    }
  }

  private static URI endpoint(Account account, String variable) {
    return URI.create(String.valueOf(account.environment().get(variable)));
  }

  private Callable<LambdaProcess.Settings> withCache(Callable<LambdaProcess.Settings> settings)
      throws Exception {
    List<Path> jars = StartUpArchive.jars(folder);
    Path cache = folder.resolve("function.aot");
    StartUpArchive.train(settings.call().classPath(jars), EVENT, cache);
    return () -> settings.call().classPath(jars).option("-XX:AOTCache=" + cache);
  }

  private static List<Life> lives(
      Callable<LambdaProcess.Settings> settings, List<StartUpWaits> waits) throws Exception {
    var lives = new ArrayList<Life>();
    for (int i = 0; i < PROCESSES + 1; i++) {
      try (var process = settings.call().start()) {
        lives.add(life(process, waits));
      }
    }
    lives.removeFirst(); // which may have had something new, and cold files
    return lives;
  }

  private static Life life(LambdaProcess process, List<StartUpWaits> waits) throws IOException {
    var steps = new ArrayList<Step>();
    steps.add(invoke(process, waits, Duration.ZERO));
    Duration first = process.processorTime();
    while (steps.size() < SHOWN.getLast()) {
      steps.add(invoke(process, waits, process.age()));
    }
    return new Life(steps, first, process.processorTime(), process.peakResidentBytes());
  }

  /**
   * @param since the age of the process at which the time begins to count
   */
  private static Step invoke(LambdaProcess process, List<StartUpWaits> waits, Duration since)
      throws IOException {
    Duration before = waited(waits);
    FunctionAnswer answer = process.invoke(EVENT);
    Duration wall = process.age().minus(since);
    if (answer.kind() != FunctionAnswer.Kind.RESPONSE) {
      throw new IOException(answer + process.errors());
    }
    return new Step(wall, waited(waits).minus(before));
  }

  private static Duration waited(List<StartUpWaits> waits) {
    return waits.stream().map(StartUpWaits::waited).reduce(Duration.ZERO, Duration::plus);
  }

  private static List<StartUpFigure> figures(String function, List<Life> lives) {
    var figures = new ArrayList<StartUpFigure>();
    String start = function + ", start to answer";
    figures.add(
        StartUpFigure.median(start, lives, life -> millis(life.step(1).wall()), "ms").most(1000));
    figures.add(
        StartUpFigure.median(start + ", processor", lives, life -> millis(life.first()), "ms"));
    for (int number : SHOWN) {
      String name = function + ", invocation " + number;
      figures.add(
          StartUpFigure.median(name, lives, life -> millis(life.step(number).wall()), "ms"));
      figures.add(
          StartUpFigure.median(
                  name + " without answers", lives, life -> millis(life.step(number).own()), "ms")
              .most(20));
    }
    figures.add(
        StartUpFigure.median(
            "%s, processor of 2 to %d, each".formatted(function, SHOWN.getLast()),
            lives,
            Life::processorOfLater,
            "ms"));
    figures.add(
        StartUpFigure.median(function + ", peak memory", lives, life -> life.peak() / 1e6, "MB")
            .most(200));
    return figures;
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
