package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.sluice.lambda.FunctionAnswer.Kind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * One execution environment of a function: a process under Lambda's Java runtime, with nothing of
 * this process' environment. Used from one thread, except for {@link #kill}.
 */
public final class LambdaProcess implements AutoCloseable {
  private static final String HANDLER = "dev.sluice.functions.LambdaHandler::handleRequest";

  /** What the deployment gives its functions. */
  private static final String JVM_OPTIONS =
      "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
          + " --add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final RuntimeApi api;
  private final Process process;
  private final Path output;
  private final long startedAt;

  private LambdaProcess(RuntimeApi api, Process process, Path output, long startedAt) {
    this.api = api;
    this.process = process;
    this.output = output;
    this.startedAt = startedAt;
  }

  /**
   * What a process is started with; the zip that the launcher built, where nothing else is said.
   */
  public static final class Settings {
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private final Path output;
    private Path zip = FunctionFolder.BUILT;
    private List<Path> classPath = List.of();

    /**
     * A function.
     *
     * @param output a folder for what the process prints
     */
    public Settings(Path output, String function) {
      this.output = output;
      environment.put("QUARKUS_FUNQY_EXPORT", function);
      environment.put("AWS_LAMBDA_FUNCTION_NAME", "sluice-" + function);
      environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
      environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
      environment.put("AWS_REGION", "us-east-1");
      environment.put("AWS_ACCESS_KEY_ID", "test");
      environment.put("AWS_SECRET_ACCESS_KEY", "test");
      environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java21");
      environment.put("_HANDLER", HANDLER);
      environment.put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
      environment.put("LANG", "en_US.UTF-8");
      environment.put("TZ", ":UTC");
      memory(512);
    }

    public Settings with(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    public Settings with(Map<String, String> variables) {
      environment.putAll(variables);
      return this;
    }

    /** What the deployment says it is; that of the product, where nothing is said. */
    public Settings handler(String name) {
      return with("_HANDLER", name);
    }

    /** An option of the JVM that the platform's own do not have. */
    public Settings option(String option) {
      options.add(option);
      return this;
    }

    public Settings zip(Path file) {
      zip = file;
      return this;
    }

    /** Takes everything from there, as a container image may, and not from the unpacked zip. */
    public Settings classPath(List<Path> jars) {
      classPath = jars;
      return this;
    }

    public Settings memory(int megabytes) {
      environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(megabytes));
      return this;
    }

    /** The caller closes it. */
    public LambdaProcess start() {
      return LambdaProcess.start(this);
    }

    private int memory() {
      return Integer.parseInt(environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
    }
  }

  private static LambdaProcess start(Settings settings) {
    try {
      var api = new RuntimeApi();
      Path folder =
          settings.classPath.isEmpty() ? FunctionFolder.of(settings.zip) : settings.output;
      var command = new ArrayList<String>();
      command.add(
          Path.of(System.getProperty("proof.java", System.getProperty("java.home")), "bin", "java")
              .toString());
      // As Lambda's runtime starts it: most of the memory for the heap, the first compiler only.
      // The
      // heap begins as small as where this is all the memory that there is.
      command.add("-XX:InitialHeapSize=%dk".formatted(settings.memory() * 1024L / 64));
      command.add("-XX:MaxHeapSize=%dk".formatted(settings.memory() * 1024L * 85 / 100));
      command.add("-XX:+UseSerialGC");
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(settings.options);
      command.addAll(
          List.of(
              "-cp",
              classPath(settings),
              AWSLambda.class.getName(),
              settings.environment.get("_HANDLER")));
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(settings.output.resolve("stdout").toFile()))
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(settings.output.resolve("stderr").toFile()));
      builder.environment().clear();
      builder.environment().putAll(settings.environment);
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      builder.environment().put("LAMBDA_TASK_ROOT", folder.toString());
      long startedAt = System.nanoTime();
      return new LambdaProcess(api, builder.start(), settings.output, startedAt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath(Settings settings) {
    var jars = new ArrayList<String>();
    jars.add(runtime());
    settings.classPath.forEach(jar -> jars.add(jar.toString()));
    return String.join(File.pathSeparator, jars);
  }

  /** What lies in the platform's own class path, and nothing of ours. */
  private static String runtime() {
    return String.join(
        File.pathSeparator,
        Stream.of(
                AWSLambda.class,
                LambdaRuntime.class,
                PojoSerializer.class,
                SdkInternalThreadLocal.class)
            .map(LambdaProcess::jar)
            .toList());
  }

  private static String jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the answer, for a minute of the function's time. */
  public FunctionAnswer invoke(String event) {
    return invoke(event, Duration.ofMinutes(1));
  }

  /** Waits for the answer; the process is killed when it takes longer than that. */
  public FunctionAnswer invoke(String event, Duration time) {
    String requestId = UUID.randomUUID().toString();
    CompletableFuture<FunctionAnswer> answer =
        api.send(requestId, event, Instant.now().plus(time))
            .applyToEither(api.initializationError(), received -> received)
            .applyToEither(
                process
                    .onExit()
                    .thenApply(
                        ended ->
                            new FunctionAnswer(
                                requestId, Kind.DIED, "Exit value " + ended.exitValue())),
                received -> received);
    try {
      return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      kill();
      return new FunctionAnswer(requestId, Kind.TIMED_OUT, "");
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Processor time that the process has used. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits until a process that was started for a snapshot is ready for it. */
  public void awaitSnapshot() {
    api.awaitSnapshot();
  }

  /** As a process that comes out of a snapshot goes on. */
  public FunctionAnswer restoreAndInvoke(String event) {
    api.restore();
    return invoke(event);
  }

  /** Time since the process was started. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** The number that signals go to. */
  public long pid() {
    return process.pid();
  }

  /** Lets the process end in its own way. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends the process at once, wherever it is. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** What the process has printed, line by line; processes before it in the same folder, too. */
  public List<String> lines() {
    return read("stdout").lines().toList();
  }

  /** What the process has printed to its other stream. */
  public String errors() {
    return read("stderr");
  }

  private String read(String name) {
    try {
      return Files.readString(output.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that the process has had at a time, in bytes. */
  public long peakResidentBytes() {
    try {
      var peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
      assertThat(peak.find()).isTrue();
      return Long.parseLong(peak.group(1)) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    api.close();
  }
}
