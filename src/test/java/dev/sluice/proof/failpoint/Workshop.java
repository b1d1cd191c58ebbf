package dev.sluice.proof.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lambda.Account;
import dev.sluice.lambda.FunctionAnswer;
import dev.sluice.lambda.LambdaProcess;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.proof.Sluice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where scenes are set and runs are started, halted and paused. Used from one thread. */
final class Workshop implements AutoCloseable {
  private static final String FUNCTION = "scheduled-sync";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SIGKILL = 128 + 9;

  private final Path folder;
  private final Path pipelines;
  private final String agent;
  private final Account account;
  private final LambdaProcess warm;
  private int scenes;

  /** Works in an empty folder. */
  Workshop(Path folder) throws Exception {
    this.folder = folder;
    this.pipelines = Files.createDirectory(folder.resolve("pipelines"));
    this.agent = AgentJar.option(folder);
    this.account = new Account();
    this.warm = settings().start();
  }

  private LambdaProcess.Settings settings() {
    return new LambdaProcess.Settings(folder, FUNCTION).with(environment());
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(Emulated.variables());
    environment.putAll(account.environment());
    environment.put("SLUICE_PIPELINES", pipelines.toString());
    environment.put("PASSWORD", "any");
    return environment;
  }

  /** An empty lake. */
  Scene scene(FailpointStore store) {
    String name = "scene-" + ++scenes;
    return new Scene(
        name,
        switch (store) {
          case FILE_SYSTEM -> new LocalObjectStore(folder.resolve("lake"));
          case AWS -> new S3ObjectStore(account.s3(), S3Emulator.BUCKET, "lake/");
        });
  }

  /** Writes the scene's pipeline file. */
  void connect(Scene scene, URI source, int moment, String tables) throws IOException {
    String destination =
        scene.lake() instanceof LocalObjectStore
            ? folder.resolve("lake").toUri().toString()
            : "s3://" + S3Emulator.BUCKET + "/lake";
    Files.writeString(
        file(scene),
        """
        name: %s
        connector: example
        connection:
          base_url: %s
          username: %s
          password: ${env:PASSWORD}
          retry_pause_millis: 1
        destination:
          uri: %s
        %s
        """
            .formatted(scene.pipeline(), source, Front.userOf(moment), destination, tables));
  }

  private Path file(Scene scene) {
    return pipelines.resolve(scene.pipeline() + ".yaml");
  }

  /** Runs to the end, in a function's process that has served others before, without an agent. */
  Ending runWarm(Scene scene) {
    return ending(warm.invoke(event(scene)));
  }

  /** Runs to the failpoint; to the end when it does not get there. */
  Ending runTo(Failpoint failpoint, Program program, Scene scene) throws InterruptedException {
    return run(
        program,
        scene,
        Map.of(
            FailpointAgent.TRACE, trace(scene).toString(),
            FailpointAgent.CHOSEN, failpoint.toString()));
  }

  /** Runs to the end, and tells what was passed on the way. */
  List<Failpoint> record(Program program, Scene scene) throws InterruptedException, IOException {
    Path trace = trace(scene);
    Ending ending = run(program, scene, Map.of(FailpointAgent.TRACE, trace.toString()));
    if (ending != Ending.CAUGHT_UP) {
      throw new AssertionError("The straight run did not catch up: " + said());
    }
    return Files.readAllLines(trace).stream().map(Failpoint::parse).toList();
  }

  private Path trace(Scene scene) {
    return folder.resolve(scene.pipeline() + ".trace");
  }

  /** Runs to the failpoint and is stopped there; empty when it does not get there. */
  Optional<Zombie> stopAt(Failpoint failpoint, Program program, Scene scene) throws IOException {
    var gate = new Gate();
    var variables = new HashMap<String, String>();
    variables.put(FailpointAgent.TRACE, trace(scene).toString());
    variables.put(FailpointAgent.CHOSEN, failpoint.toString());
    variables.put(FailpointAgent.PORT, Integer.toString(gate.port()));
    return Zombie.stopped(start(program, scene, variables), gate);
  }

  /** Runs, and is killed from outside once it has passed so many failpoints. */
  Ending killAfter(int failpoints, Program program, Scene scene)
      throws IOException, InterruptedException {
    Path trace = trace(scene);
    Files.createFile(trace);
    Running running = start(program, scene, Map.of(FailpointAgent.TRACE, trace.toString()));
    while (!running.hasEnded() && Files.readAllLines(trace).size() < failpoints) {}
    running.kill();
    return running.ending();
  }

  private Ending run(Program program, Scene scene, Map<String, String> variables)
      throws InterruptedException {
    return start(program, scene, variables).ending();
  }

  private Running start(Program program, Scene scene, Map<String, String> variables) {
    return switch (program) {
      case COMMAND_LINE -> start(scene, variables, "sync");
      case RESET -> start(scene, variables, "state", "reset", "--yes", "--purge");
      case FUNCTION -> {
        LambdaProcess process = settings().with(variables).option(agent).start();
        yield new Running(
            process.pid(),
            CompletableFuture.supplyAsync(
                () -> {
                  try (process) {
                    return ending(process.invoke(event(scene), PATIENCE));
                  }
                }));
      }
    };
  }

  private Running start(Scene scene, Map<String, String> variables, String... command) {
    var all = new HashMap<>(environment());
    all.putAll(variables);
    all.put("JAVA_TOOL_OPTIONS", agent);
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-p", file(scene).toString()));
    Process process = new Sluice(folder, all).start(arguments.toArray(String[]::new));
    return new Running(
        process.pid(), process.onExit().thenApply(ended -> ending(ended.exitValue())));
  }

  private static String event(Scene scene) {
    return "{\"pipeline\": \"%s\"}".formatted(scene.pipeline());
  }

  private static Ending ending(int exitCode) {
    return switch (exitCode) {
      case 0 -> Ending.CAUGHT_UP;
      case 6 -> Ending.BUSY;
      case FailpointAgent.EXIT_CODE -> Ending.HALTED;
      case SIGKILL -> Ending.KILLED;
      default -> Ending.FAILED;
    };
  }

  private static Ending ending(FunctionAnswer answer) {
    return switch (answer.kind()) {
      case DIED -> ending(Integer.parseInt(answer.body().replaceAll("\\D", "")));
      case RESPONSE -> ending(answer.json());
      case ERROR, INITIALIZATION_ERROR, TIMED_OUT -> Ending.FAILED;
    };
  }

  private static Ending ending(JsonNode report) {
    Set<String> outcomes =
        report
            .path("tables")
            .valueStream()
            .map(table -> table.path("outcome").asText())
            .collect(Collectors.toSet());
    if (outcomes.equals(Set.of("CAUGHT_UP"))) {
      return Ending.CAUGHT_UP;
    }
    return Set.of("CAUGHT_UP", "BUSY").containsAll(outcomes) ? Ending.BUSY : Ending.FAILED;
  }

  /** As if so much time had passed that no lease holds any more. */
  void endLeases(Scene scene) throws IOException {
    account.endLeases();
    Path tables = folder.resolve("lake/.sluice/tables").resolve(scene.pipeline());
    if (Files.isDirectory(tables)) {
      try (Stream<Path> files = Files.walk(tables)) {
        for (Path lease : files.filter(file -> file.endsWith("lease.json")).toList()) {
          String ended =
              Files.readString(lease)
                  .replaceAll("\"until\":\"[^\"]*\"", "\"until\":\"2000-01-01T00:00:00Z\"");
          Files.writeString(lease, ended);
        }
      }
    }
  }

  /** What the last runs have printed. */
  String said() {
    try {
      return Files.readString(folder.resolve("stdout"))
          + Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    warm.close();
    account.close();
  }
}
