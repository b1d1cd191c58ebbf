package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.JsonServices;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole pipeline file: from the example API, with a secret of AWS, into a bucket. */
@Tag("aws")
class PipelineOnAwsTest {
  private static final String OLD = "hunter2-canary-old";
  private static final String NEW = "hunter2-canary-new";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z"));
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static DynamoDbEmulator dynamoDb;
  private static S3Emulator s3;

  @TempDir Path folder;
  private final String name = "acme %d".formatted(TESTS.incrementAndGet());
  private ExampleApi api;
  private PasswordGate gate;
  private JsonServices aws;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbEmulator.start();
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
    s3.close();
  }

  @BeforeEach
  void open() {
    api = ExampleApi.start(ExampleApi.Settings.reliable().withClock(CLOCK));
    gate = PasswordGate.before(api.baseUri());
    gate.password(OLD);
    aws = JsonServices.start().secret("acme/example", "{\"password\": \"%s\"}".formatted(OLD));
  }

  @AfterEach
  void close() {
    gate.close();
    api.close();
    aws.close();
  }

  private Map<String, String> variables() {
    return Map.of(
        "AWS_REGION",
        Emulated.REGION.id(),
        "AWS_ACCESS_KEY_ID",
        Emulated.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        Emulated.SECRET_KEY,
        "AWS_ENDPOINT_URL_S3",
        s3.endpoint().toString(),
        "AWS_ENDPOINT_URL_DYNAMODB",
        dynamoDb.endpoint().toString(),
        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        aws.endpoint().toString(),
        LakeBucket.CHECKPOINT_TABLE,
        DynamoDbEmulator.TABLE);
  }

  private Pipeline pipeline(String uri) {
    String text =
        """
        name: %s
        connector: example
        connection:
          base_url: %s
          username: demo
          password: ${secretsmanager:acme/example#password}
        destination:
          uri: %s
        tables:
          - table: products
          - table: events
            options: { limit: 25 }
          - table: users
            options: { max_records_per_batch: 15 }
          - table: orders
            options: { max_records_per_batch: 40 }
          - table: metrics
            options: { window_seconds: 1200 }
        """
            .formatted(name, gate.uri(), uri);
    return Pipeline.parse(text, "s3://pipelines/acme.yaml", Connectors.installed());
  }

  private Pipeline pipeline() {
    return pipeline("s3://lake/raw/example");
  }

  private InvocationReport sync(Pipeline pipeline) {
    return PipelineContext.begin(pipeline, Duration.ofMinutes(5), variables(), CLOCK)
        .sync(pipeline.tables(), SyncListener.NONE, new Cancellation(), "run-" + Instant.now());
  }

  private static void assertCaughtUp(InvocationReport report) {
    assertThat(report.tables())
        .as(report.json())
        .extracting(TableReport::outcome)
        .containsOnly(Outcome.CAUGHT_UP);
  }

  /** The bytes of each object below a prefix, but for those of the checkpoints. */
  private static Map<String, String> objects(String prefix) {
    var objects = new TreeMap<String, String>();
    s3.client()
        .listObjectsV2Paginator(request -> request.bucket(S3Emulator.BUCKET).prefix(prefix))
        .contents()
        .forEach(
            object ->
                objects.put(
                    object.key().substring(prefix.length()),
                    latin(
                        s3.client()
                            .getObjectAsBytes(
                                request -> request.bucket(S3Emulator.BUCKET).key(object.key()))
                            .asByteArray())));
    return objects;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> files(Path root) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String key = root.relativize(file).toString();
        if (!key.startsWith(".sluice")) {
          files.put(key, latin(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  private void change() {
    api.store().delete("orders", "order_0098");
    api.store()
        .write(
            "users",
            SourceRecord.of(
                """
                {"user_id": "user_0007", "email": "new@example.com", "display_name": "User 7", "status": "active"}
                """));
  }

  @Test
  void bucketGetsTheObjectsOfAFolderAndASecondRunFindsNothingNew() throws IOException {
    var toBucket = pipeline();
    var toFolder = pipeline("file:" + folder.resolve("lake"));
    String prefix = "raw/example/";

    assertCaughtUp(sync(toBucket));
    assertCaughtUp(sync(toFolder));
    change();
    assertCaughtUp(sync(toBucket));
    assertCaughtUp(sync(toFolder));
    InvocationReport third = sync(toBucket);

    assertCaughtUp(third);
    assertThat(third.tables())
        .filteredOn(table -> !table.as().equals("products"))
        .extracting(table -> table.records() + table.deletes() + table.batches())
        .containsOnly(0L);
    Map<String, String> files = files(folder.resolve("lake"));
    assertThat(files).hasSizeGreaterThan(20);
    assertThat(objects(prefix)).isEqualTo(files);
  }

  @Test
  void secretIsInNothingThatIsLeftBehind() {
    var report = sync(pipeline());

    assertCaughtUp(report);
    assertThat(report.json()).doesNotContain("hunter2");
    assertThat(objects("").values()).noneMatch(bytes -> bytes.contains("hunter2"));
    var items = dynamoDb.client().scan(request -> request.tableName(DynamoDbEmulator.TABLE));
    assertThat(items.items()).isNotEmpty();
    assertThat(items.toString()).doesNotContain("hunter2");
    assertThat(pipeline()).asString().doesNotContain("hunter2");
  }

  @Test
  void stateIsShownAndResetWithoutTheSecret() {
    var pipeline = pipeline();
    sync(pipeline);
    int asked = aws.calls().size();
    var state = PipelineContext.state(pipeline, variables(), CLOCK);
    var orders = pipeline.destination(pipeline.tables().get(3));

    var before = state.show(orders);
    state.resetAndPurge(orders);
    var after = state.show(orders);
    assertCaughtUp(sync(pipeline));

    assertThat(before).containsOnlyKeys(Flow.DATA, Flow.DELETES);
    assertThat(before.get(Flow.DATA)).extracting("generation").isEqualTo(1);
    assertThat(after.get(Flow.DATA)).extracting("generation", "sequence").containsExactly(3, 0L);
    assertThat(aws.calls()).hasSize(asked);
    assertThat(objects("raw/example/" + orders.key() + "/").keySet())
        .contains("data/g=000003/00000000000000000001.jsonl.zst")
        .noneMatch(key -> key.startsWith("data/g=000001"));
  }

  @Test
  void anotherDestinationIsRefusedUntilItIsReadFromTheStart() {
    sync(pipeline());
    var moved = pipeline("s3://lake/moved");

    var refused = sync(moved);
    var state = PipelineContext.state(moved, variables(), CLOCK);
    moved.tables().forEach(table -> state.reset(moved.destination(table)));
    var complete = sync(moved);

    assertThat(refused.tables())
        .allSatisfy(
            table -> {
              assertThat(table.outcome()).isEqualTo(Outcome.FAILED);
              assertThat(table.error().orElseThrow().message())
                  .contains("is of records in s3://lake/raw/example")
                  .contains("writes to s3://lake/moved");
            });
    assertCaughtUp(complete);
    assertThat(complete.tables())
        .extracting(TableReport::records)
        .containsExactly(53L, 101L, 37L, 103L, complete.tables().getLast().records());
  }

  @Test
  void secretThatWasReplacedIsLookedUpAgainOnce() {
    var pipeline = pipeline();
    assertCaughtUp(sync(pipeline));
    gate.password(NEW);
    aws.secret("acme/example", "{\"password\": \"%s\"}".formatted(NEW));

    InvocationReport report = sync(pipeline);

    assertCaughtUp(report);
    assertThat(gate.turnedAway()).isEqualTo(1);
    assertThat(aws.calls()).hasSize(2);
    // The table that was turned away reports both of its runs.
    assertThat(report.tables().getFirst().requests())
        .isGreaterThan(report.tables().getFirst().batches());
  }

  @Test
  void secretThatIsTheSameStaysRefused() {
    var pipeline = pipeline();
    assertCaughtUp(sync(pipeline));
    gate.password(NEW);

    InvocationReport report = sync(pipeline);

    assertThat(report.tables())
        .filteredOn(table -> !table.as().equals("metrics"))
        .extracting(table -> table.error().map(TableError::kind).orElseThrow())
        .containsOnly(TableError.Kind.ACCESS_DENIED);
    assertThat(aws.calls()).hasSize(2);
    assertThat(report.json()).doesNotContain("hunter2");
  }

  @Test
  void destinationIsCheckedWithoutWriting() {
    var pipeline = pipeline();
    var run = PipelineContext.begin(pipeline, Duration.ofMinutes(5), variables(), CLOCK);
    var elsewhere =
        PipelineContext.begin(
            pipeline("s3://no-such-bucket/x"), Duration.ofMinutes(5), variables(), CLOCK);

    run.checkDestination();

    assertThat(objects("raw/example/" + pipeline.destinations().getFirst().key())).isEmpty();
    assertThatThrownBy(elsewhere::checkDestination)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("no-such-bucket");
  }

  @Test
  void tableOfCheckpointsHasToBeNamedAndThere() {
    var without = new TreeMap<>(variables());
    without.remove(LakeBucket.CHECKPOINT_TABLE);
    var wrong = new TreeMap<>(variables());
    wrong.put(LakeBucket.CHECKPOINT_TABLE, "nowhere");

    for (var variables : List.of(without, wrong)) {
      var run = PipelineContext.begin(pipeline(), Duration.ofMinutes(5), variables, CLOCK);
      assertThatThrownBy(run::checkDestination)
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION))
          .hasMessageContaining("SLUICE_CHECKPOINT_TABLE");
    }
  }
}
