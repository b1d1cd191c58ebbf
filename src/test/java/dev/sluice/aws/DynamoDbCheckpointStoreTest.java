package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.CheckpointStoreContract;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Tag("aws")
class DynamoDbCheckpointStoreTest extends CheckpointStoreContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static DynamoDbEmulator dynamoDb;

  @TempDir Path lake;
  private final Destination table = new Destination("acme-" + TESTS.incrementAndGet(), "../users");

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbEmulator.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @Override
  protected CheckpointStore store() {
    return store(DynamoDbEmulator.TABLE);
  }

  private CheckpointStore store(String dynamoDbTable) {
    return store(dynamoDbTable, "s3://lake/raw");
  }

  private CheckpointStore store(String dynamoDbTable, String destination) {
    return new DynamoDbCheckpointStore(
        dynamoDb.client(),
        dynamoDbTable,
        destination,
        new OffsetObjects(new LocalObjectStore(lake)),
        () -> now);
  }

  @Test
  void checkpointOfAnotherLakeIsRefused() {
    var here = store();
    var there = store(DynamoDbEmulator.TABLE, "s3://other");
    here.replace(table, Flow.DATA, Optional.empty(), Checkpoint.START);

    assertThatThrownBy(() -> there.load(table, Flow.DATA))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(
            "is of records in s3://lake/raw, and the pipeline writes to s3://other");
    assertThat(there.replace(table, Flow.DATA, Optional.empty(), Checkpoint.START)).isFalse();
    there.remove(table, Flow.DATA);
    assertThat(there.replace(table, Flow.DATA, Optional.empty(), Checkpoint.START)).isTrue();
    assertThatThrownBy(() -> here.load(table, Flow.DATA)).hasMessageContaining("s3://other");
  }

  @Override
  protected Destination table() {
    return table;
  }

  private Map<String, AttributeValue> key() {
    return Map.of(
        "pipeline", AttributeValue.fromS(table.pipeline()),
        "table_flow", AttributeValue.fromS(table.table() + "#data"));
  }

  private Map<String, AttributeValue> item() {
    return dynamoDb
        .client()
        .getItem(request -> request.tableName(DynamoDbEmulator.TABLE).key(key()))
        .item();
  }

  private void change(String attribute, AttributeValue value) {
    var changed = new TreeMap<>(item());
    changed.put(attribute, value);
    put(changed);
  }

  private void put(Map<String, AttributeValue> item) {
    dynamoDb.client().putItem(request -> request.tableName(DynamoDbEmulator.TABLE).item(item));
  }

  @Test
  void itemIsReadableInTheConsole() {
    store().acquire(table, "run-1", LATER);
    store().replace(table, Flow.DATA, Optional.empty(), checkpoint(17, "{\"at\":1}"));

    assertThat(item())
        .containsOnlyKeys(
            "pipeline",
            "table_flow",
            "schema_version",
            "generation",
            "sequence",
            "offset",
            "offset_hash",
            "lake",
            "updated_at",
            "history",
            "lease_run",
            "lease_until")
        .containsEntry("schema_version", AttributeValue.fromN("1"))
        .containsEntry("generation", AttributeValue.fromN("1"))
        .containsEntry("sequence", AttributeValue.fromN("17"))
        .containsEntry("offset", AttributeValue.fromS("{\"at\":1}"))
        .containsEntry("lake", AttributeValue.fromS("s3://lake/raw"))
        .containsEntry("updated_at", AttributeValue.fromS("2026-05-01T12:00:00.000Z"))
        .containsEntry("lease_run", AttributeValue.fromS("run-1"))
        .containsEntry("lease_until", AttributeValue.fromS("2026-05-01T12:05:00.000Z"));
  }

  private List<AttributeValue> history() {
    return Optional.ofNullable(item().get("history")).orElseThrow().l();
  }

  private static String number(AttributeValue map, String name) {
    return Optional.ofNullable(map.m().get(name)).orElseThrow().n();
  }

  @Test
  void historyHoldsTheLastTenCommits() {
    Optional<Checkpoint> at = Optional.empty();
    // Snapshots of four microbatches each, one of which moves the offset only.
    for (int i = 0; i < 24; i++) {
      var next =
          new Checkpoint(1 + i / 4, Math.min(i % 4, 2), Offset.parse("{\"at\":%d}".formatted(i)));
      // A process that knows the item, and one that has to look.
      CheckpointStore store = store();
      if (i % 3 > 0) {
        assertThat(store.load(table, Flow.DATA)).isEqualTo(at);
      }
      assertThat(store.replace(table, Flow.DATA, at, next)).isTrue();
      at = Optional.of(next);
      now = now.plusSeconds(1);
    }

    var history = history();

    assertThat(history)
        .extracting(move -> number(move, "generation") + "/" + number(move, "sequence"))
        .containsExactly("6/2", "6/2", "6/1", "6/0", "5/2", "5/2", "5/1", "5/0", "4/2", "4/2");
    assertThat(history.getFirst().m())
        .containsEntry("at", AttributeValue.fromS("2026-05-01T12:00:23.000Z"));
  }

  @Test
  void historyOfAnEarlierReleaseIsBegunAnew() {
    var before = checkpoint(1, "{}");
    store().replace(table, Flow.DATA, Optional.empty(), before);
    change("history", AttributeValue.fromM(Map.of("1", history().getFirst())));

    CheckpointStore store = store();
    assertThat(store.load(table, Flow.DATA)).contains(before);
    assertThat(store.replace(table, Flow.DATA, Optional.of(before), checkpoint(2, "{}"))).isTrue();

    assertThat(history()).extracting(move -> number(move, "sequence")).containsExactly("2");
  }

  @Test
  void oneRunKeepsTheHistoryWithoutAsking() {
    CheckpointStore store = store();
    Optional<Checkpoint> at = store.load(table, Flow.DATA);
    for (int sequence = 0; sequence < 3; sequence++) {
      var next = checkpoint(sequence, "{}");
      store.replace(table, Flow.DATA, at, next);
      at = Optional.of(next);
    }
    // Whoever was overtaken changes nothing.
    assertThat(store().replace(table, Flow.DATA, Optional.empty(), Checkpoint.START)).isFalse();

    assertThat(history()).hasSize(3);
  }

  @Test
  void largeOffsetLiesInTheLakeBeforeTheItemNamesIt() {
    var large = checkpoint(1, "{\"keys\":\"%s\"}".formatted("x".repeat(5_000)));

    store().replace(table, Flow.DATA, Optional.empty(), large);

    assertThat(item()).containsKey("offset_object").doesNotContainKey("offset");
    String folder = table.key() + "/offsets/data/g=000001/";
    assertThat(new LocalObjectStore(lake).list(folder)).hasSize(1);
  }

  @Test
  void largeOffsetThatWasRemovedIsAnErrorAndNoNewStart() {
    var large = checkpoint(1, "{\"keys\":\"%s\"}".formatted("x".repeat(5_000)));
    store().replace(table, Flow.DATA, Optional.empty(), large);
    var objects = new LocalObjectStore(lake);
    objects.delete(objects.list(table.key() + "/offsets/data/g=000001/"));

    assertRefused("state reset");
  }

  @Test
  void offsetThatIsPurgedBetweenTwoReadsIsNoError() {
    var large = checkpoint(1, "{\"keys\":\"%s\"}".formatted("x".repeat(5_000)));
    store().replace(table, Flow.DATA, Optional.empty(), large);
    var reader = store();
    // The item comes with the lease; then somebody begins anew and removes what is older.
    assertThat(reader.acquire(table, "run-1", LATER)).isInstanceOf(Lease.Held.class);
    var anew = new Checkpoint(3, 0, Offset.parse("{}"));
    store().replace(table, Flow.DATA, Optional.of(large), anew);
    var objects = new LocalObjectStore(lake);
    objects.delete(objects.list(table.key() + "/offsets/data/g=000001/"));

    assertThat(reader.load(table, Flow.DATA)).contains(anew);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> store().load(table, Flow.DATA))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION))
        .hasMessageContaining("DynamoDB table 'checkpoints'")
        .hasMessageContaining("pipeline '%s'".formatted(table.pipeline()))
        .hasMessageContaining("table_flow '../users#data'")
        .hasMessageContaining("state reset")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "schema_version, N, 2, its schema_version is 2 and this release knows 1",
    "schema_version, N, 0, its schema_version is 0",
    "schema_version, N, 1.5, its schema_version is 1.5",
    "schema_version, S, 1, its schema_version is not a whole number",
    "generation, N, 0, its generation is 0",
    "generation, N, -1, its generation is not a whole number",
    "generation, N, 2e30, its generation is 2000",
    "sequence, S, x, its sequence is not a whole number",
    "offset, S, {, its offset is not a JSON object",
    "offset, N, 1, its offset is not a text",
    "offset, S, {}, its offset_hash is not the SHA-256 of its offset",
    "offset_hash, S, x, its offset_hash is not the SHA-256 of its offset",
    "history, S, x, its history is not a list"
  })
  void checkpointThatIsNotUnderstoodIsRefusedAndStays(
      String attribute, String type, String value, String message) {
    var before = checkpoint(1, "{\"at\":1}");
    store().replace(table, Flow.DATA, Optional.empty(), before);
    change(attribute, type.equals("N") ? AttributeValue.fromN(value) : AttributeValue.fromS(value));
    var damaged = item();

    assertRefused(message);
    assertThat(store().replace(table, Flow.DATA, Optional.empty(), checkpoint(1, "{}"))).isFalse();
    assertThat(item()).isEqualTo(damaged);
    assertThat(store().acquire(table, "run-1", LATER)).isEqualTo(new Lease.Held());
    assertThat(store().acquire(table, "run-2", LATER)).isInstanceOf(Lease.Taken.class);
  }

  @ParameterizedTest
  @CsvSource({"schema_version", "generation", "sequence", "offset", "offset_hash", "history"})
  void checkpointThatLacksAnAttributeIsRefused(String attribute) {
    store().replace(table, Flow.DATA, Optional.empty(), checkpoint(1, "{\"at\":1}"));
    var rest = new TreeMap<>(item());
    rest.remove(attribute);
    put(rest);

    assertRefused("cannot be used");
    store().remove(table, Flow.DATA);
    assertThat(store().load(table, Flow.DATA)).isEmpty();
  }

  @Test
  void leaseThatMakesNoSenseIsFree() {
    store().acquire(table, "run-1", LATER);
    change("lease_until", AttributeValue.fromN("5"));

    assertThat(store().acquire(table, "run-2", LATER)).isEqualTo(new Lease.Held());
  }

  @Test
  void missingTableSaysWhatToDo() {
    var nowhere = store("nowhere");
    List<Runnable> calls =
        List.of(
            () -> nowhere.load(table, Flow.DATA),
            () -> nowhere.replace(table, Flow.DATA, Optional.empty(), Checkpoint.START),
            () -> nowhere.acquire(table, "run-1", LATER),
            () -> nowhere.release(table, "run-1"),
            () -> nowhere.remove(table, Flow.DATA));

    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION))
          .hasMessageContaining("There is no DynamoDB table 'nowhere'")
          .hasMessageContaining("SLUICE_CHECKPOINT_TABLE");
    }
  }

  @Test
  void offsetIsCompared() {
    var here = new Checkpoint(1, 3, Offset.parse("{\"at\":1}"));
    var window = new Checkpoint(1, 3, Offset.parse("{\"at\":2}"));
    store().replace(table, Flow.DATA, Optional.empty(), here);
    store().replace(table, Flow.DATA, Optional.of(here), window);

    assertThat(store().replace(table, Flow.DATA, Optional.of(here), checkpoint(4, "{}"))).isFalse();
  }
}
