package dev.sluice.proof.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lambda.Account;
import dev.sluice.lambda.Answer;
import dev.sluice.lambda.LambdaProcess;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.proof.Sluice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where scenes are set and runs are started, halted and paused. Used from one thread. */
final class Workshop implements AutoCloseable {
  private static final String FUNCTION = "scheduled-sync";
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

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
  Scene scene(Store store) {
    String name = "scene-" + ++scenes;
    return new Scene(
        name,
        switch (store) {
          case FILE_SYSTEM -> new LocalObjectStore(folder.resolve("lake"));
          case AWS -> new S3ObjectStore(account.s3(), S3Emulator.BUCKET, "lake/");
        });
  }

  /** Writes the scene's pipeline file. */
  void connect(Scene scene, URI source, String tables) throws IOException {
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
          username: somebody
          password: ${env:PASSWORD}
          retry_pause_millis: 1
        destination:
          uri: %s
        %s
        """
            .formatted(scene.pipeline(), source, destination, tables));
  }

  private Path file(Scene scene) {
    return pipelines.resolve(scene.pipeline() + ".yaml");
  }

  /** Runs in a function's process that has served others before, without an agent. */
  Ending runWarm(Scene scene) {
    return ending(warm.invoke(event(scene)));
  }

  /** Runs without an agent; a function, in a process that has served others before. */
  Ending goOn(Program program, Scene scene) throws InterruptedException {
    return switch (program) {
      case COMMAND_LINE -> run(program, scene, Map.of(), Optional.empty());
      case FUNCTION -> runWarm(scene);
    };
  }

  /** Runs to the failpoint; to the end when it does not get there. */
  Ending runTo(Failpoint failpoint, Program program, Scene scene) throws InterruptedException {
    return run(
        program,
        scene,
        Map.of(
            FailpointAgent.TRACE, trace(scene).toString(),
            FailpointAgent.CHOSEN, failpoint.toString()),
        Optional.of(agent));
  }

  /** Runs to the end, and tells what was passed on the way. */
  List<Failpoint> record(Program program, Scene scene) throws InterruptedException, IOException {
    Path trace = trace(scene);
    Ending ending =
        run(program, scene, Map.of(FailpointAgent.TRACE, trace.toString()), Optional.of(agent));
    if (ending != Ending.CAUGHT_UP) {
      throw new AssertionError("The straight run did not catch up: " + said());
    }
    return Files.readAllLines(trace).stream().map(Failpoint::parse).toList();
  }

  private Path trace(Scene scene) {
    return folder.resolve(scene.pipeline() + ".trace");
  }

  private Ending run(
      Program program, Scene scene, Map<String, String> variables, Optional<String> option)
      throws InterruptedException {
    return switch (program) {
      case COMMAND_LINE -> {
        var all = new HashMap<>(environment());
        all.putAll(variables);
        all.put(
            "JAVA_TOOL_OPTIONS", String.join(" ", QUICK_START, archive(option), option.orElse("")));
        int exitCode = new Sluice(folder, all).run("sync", "-p", file(scene).toString());
        yield exitCode == FailpointAgent.EXIT_CODE
            ? Ending.HALTED
            : exitCode == 0 ? Ending.CAUGHT_UP : Ending.FAILED;
      }
      case FUNCTION -> {
        var settings = settings().with(variables);
        option.ifPresent(settings::option);
        try (LambdaProcess process = settings.start()) {
          yield ending(process.invoke(event(scene)));
        }
      }
    };
  }

  /** Classes as the JVM keeps them, so that later processes start sooner; made without an agent. */
  private String archive(Optional<String> option) {
    Path archive = folder.resolve("classes.jsa");
    String use = "-XX:SharedArchiveFile=" + archive;
    return option.isEmpty()
        ? "-XX:+AutoCreateSharedArchive " + use
        : Files.exists(archive) ? use : "";
  }

  private static String event(Scene scene) {
    return "{\"pipeline\": \"%s\"}".formatted(scene.pipeline());
  }

  private static Ending ending(Answer answer) {
    return switch (answer.kind()) {
      case DIED ->
          answer.body().equals("Exit value " + FailpointAgent.EXIT_CODE)
              ? Ending.HALTED
              : Ending.FAILED;
      case RESPONSE -> caughtUp(answer.json()) ? Ending.CAUGHT_UP : Ending.FAILED;
      case ERROR, INITIALIZATION_ERROR, TIMED_OUT -> Ending.FAILED;
    };
  }

  private static boolean caughtUp(JsonNode report) {
    return report
        .path("tables")
        .valueStream()
        .allMatch(table -> table.path("outcome").asText().equals("CAUGHT_UP"));
  }

  /** As if so much time had passed that no lease holds any more. */
  void endLeases() {
    account.endLeases();
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
