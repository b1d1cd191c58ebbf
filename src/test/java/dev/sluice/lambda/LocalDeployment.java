package dev.sluice.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.aws.AwsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What Terraform deployed to the emulator, asked of the emulator. */
final class LocalDeployment {
  private static final Path SCRIPTS = Path.of("infra/local").toAbsolutePath();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path work;
  private final URI endpoint;
  private final JsonNode outputs;
  private final AwsClients clients;

  private LocalDeployment(Path work) throws IOException {
    this.work = work;
    this.endpoint = URI.create(Files.readString(work.resolve("endpoint")).strip());
    this.outputs = MAPPER.readTree(work.resolve("outputs.json").toFile());
    this.clients = new AwsClients(emulator());
  }

  /** What keeps this machine from deploying; empty when nothing does. */
  static List<String> missingPrograms() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of("terraform", "moto_server", "curl")
        .filter(
            program ->
                Stream.of(path.split(":", -1))
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
        .toList();
  }

  /** Starts the emulator and applies the module to it. */
  static LocalDeployment up(Path work, URI source, String secret) throws Exception {
    run(
        "up",
        "--work",
        work.toString(),
        "--zip",
        FunctionFolder.BUILT.toString(),
        "--source",
        source.toString(),
        "--secret",
        secret);
    return new LocalDeployment(work);
  }

  private static void run(String script, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(SCRIPTS.resolve(script).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(script + " did not succeed; see above");
    }
  }

  AwsClients clients() {
    return clients;
  }

  /** One of Terraform's outputs; a path such as {@code queues/nudges/url}. */
  String output(String path) {
    String pointer = "/" + path.replaceFirst("/|$", "/value/");
    String value =
        outputs
            .at(pointer.endsWith("/") ? pointer.substring(0, pointer.length() - 1) : pointer)
            .asText();
    if (value.isEmpty()) {
      throw new AssertionError("No output " + path + " in " + outputs);
    }
    return value;
  }

  /** The function as the emulator of Lambda knows it. */
  JsonNode configuration(String function) throws IOException, InterruptedException {
    String name = output("functions/" + function + "/name");
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/2015-03-31/functions/" + name + "/configuration"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }

  /** A process of the function, in the environment that it was deployed with. */
  LambdaProcess.Settings function(String function, Path folder) {
    try {
      JsonNode configuration = configuration(function);
      var settings =
          new LambdaProcess.Settings(folder, function)
              .handler(configuration.path("Handler").asText())
              .memory(configuration.path("MemorySize").asInt())
              .with("AWS_LAMBDA_FUNCTION_NAME", configuration.path("FunctionName").asText())
              .with(emulator());
      configuration
          .at("/Environment/Variables")
          .properties()
          .forEach(variable -> settings.with(variable.getKey(), variable.getValue().asText()));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> emulator() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  /** The input that the schedule sends. */
  String scheduled(String pipeline) {
    try (var scheduler = clients.scheduler()) {
      return scheduler
          .getSchedule(request -> request.groupName(output("schedule_group")).name(pipeline))
          .target()
          .input();
    }
  }

  /** Sends a nudge as somebody does who gives no deduplication identifier. */
  void nudge(String group, String body) {
    try (var sqs = clients.sqs()) {
      sqs.sendMessage(
          request ->
              request
                  .queueUrl(output("queues/nudges/url"))
                  .messageBody(body)
                  .messageGroupId(group));
    }
  }

  /** What the queue holds and nobody works on, by its groups. */
  Map<String, Message> nudges() {
    try (var sqs = clients.sqs()) {
      return sqs
          .receiveMessage(
              request ->
                  request
                      .queueUrl(output("queues/nudges/url"))
                      .maxNumberOfMessages(10)
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
          .messages()
          .stream()
          .collect(
              toMap(
                  message -> message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                  message -> message));
    }
  }

  /** The event in which Lambda hands a nudge over. */
  String event(Message nudge) {
    return QueueEvent.of(output("queues/nudges/arn"), nudge);
  }

  /** Takes a nudge out of the queue, as Lambda does with what is not among the failures. */
  void delete(Message nudge) {
    try (var sqs = clients.sqs()) {
      sqs.deleteMessage(
          request ->
              request.queueUrl(output("queues/nudges/url")).receiptHandle(nudge.receiptHandle()));
    }
  }

  /** Lets a nudge be seen again at once, whose visibility timeout would have to pass. */
  void show(Message nudge) {
    try (var sqs = clients.sqs()) {
      sqs.changeMessageVisibility(
          request ->
              request
                  .queueUrl(output("queues/nudges/url"))
                  .receiptHandle(nudge.receiptHandle())
                  .visibilityTimeout(0));
    }
  }

  /** Takes out the one resumption that the functions have scheduled. */
  GetScheduleResponse resumption() {
    String group = output("schedule_group");
    try (var scheduler = clients.scheduler()) {
      var schedules =
          scheduler
              .listSchedules(request -> request.groupName(group).namePrefix("sluice-"))
              .schedules();
      assertThat(schedules).hasSize(1);
      String name = schedules.getFirst().name();
      var schedule = scheduler.getSchedule(request -> request.groupName(group).name(name));
      scheduler.deleteSchedule(request -> request.groupName(group).name(name));
      return schedule;
    }
  }

  BucketLake lake(String pipeline) {
    return new BucketLake(clients.s3(), output("bucket"), "lake/" + pipeline + "/");
  }

  /** Everything that is in the bucket, the table and the files of Terraform, by where it is. */
  Map<String, String> everything() throws IOException {
    var everything = new TreeMap<String, String>();
    everything.putAll(new BucketLake(clients.s3(), output("bucket"), "").contents());
    try (var dynamoDb = clients.dynamoDb()) {
      everything.put(
          "DynamoDB",
          dynamoDb
              .scan(request -> request.tableName(output("checkpoint_table/name")))
              .items()
              .toString());
    }
    try (Stream<Path> files = Files.walk(work, 1)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        everything.put(file.toString(), Files.readString(file));
      }
    }
    return everything;
  }

  /** What Terraform would change now, as it shows it. */
  String plan() throws IOException, InterruptedException {
    Path plan = work.resolve("plan");
    terraform(
        "plan",
        "-input=false",
        "-no-color",
        "-refresh=false",
        "-out=" + plan,
        "-var",
        "endpoint=" + endpoint,
        "-var",
        "function_zip=" + FunctionFolder.BUILT,
        "-var",
        "pipelines=" + work.resolve("pipelines"));
    return terraform("show", "-json", plan.toString());
  }

  private String terraform(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("terraform");
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(SCRIPTS.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TF_DATA_DIR", work.resolve("terraform").toString());
    builder.environment().put("TF_IN_AUTOMATION", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("terraform " + arguments[0] + " failed:\n" + output);
    }
    return output;
  }

  /** Destroys what {@link #up} deployed, or began to. */
  static void down(Path work) throws IOException, InterruptedException {
    run("down", "--work", work.toString());
  }
}
