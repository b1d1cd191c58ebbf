package dev.sluice.aws;

import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.spi.ConnectorException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Keeps checkpoints and leases in a DynamoDB table, an item for each flow of a table; a table's
 * lease is in the item of its data. May be used from any thread, and by many processes at once.
 *
 * <p>A lease ends at its instant by the clock of whoever asks. Clocks that disagree make a run wait
 * longer, which costs time, or make two runs overlap, which costs work. Neither costs correctness.
 */
public final class DynamoDbCheckpointStore implements CheckpointStore {
  private static final String LEASE_RUN = "lease_run";
  private static final String LEASE_UNTIL = "lease_until";

  private final DynamoDbClient client;
  private final String table;
  private final String lake;
  private final OffsetObjects offsets;
  private final InstantSource clock;
  private final DynamoDbFailures failures;

  /**
   * The items as they were last loaded or written, so that a run without failures does not have to
   * ask for their history, or whether the run before it failed.
   */
  private final ConcurrentMap<ItemKey, Map<String, AttributeValue>> seen =
      new ConcurrentHashMap<>();

  /** The items that came with a lease, each for the first load that asks for it. */
  private final ConcurrentMap<ItemKey, Map<String, AttributeValue>> leased =
      new ConcurrentHashMap<>();

  /**
   * @param table its key consists of the texts {@code pipeline} and {@code table_flow}
   * @param lake where the records are, such as {@code s3://bucket/prefix}: a checkpoint is of one
   *     lake
   * @param offsets where offsets go that are larger than 4 KB
   */
  public DynamoDbCheckpointStore(
      DynamoDbClient client,
      String table,
      String lake,
      OffsetObjects offsets,
      InstantSource clock) {
    this.client = client;
    this.table = table;
    this.lake = lake;
    this.offsets = offsets;
    this.clock = clock;
    this.failures = new DynamoDbFailures(table);
  }

  /**
   * Loads the checkpoint. The first load after a lease was taken returns it as of that moment;
   * compare-and-set tells if it has moved since.
   */
  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    var key = new ItemKey(destination, flow);
    Map<String, AttributeValue> withLease = leased.remove(key);
    Map<String, AttributeValue> item = withLease == null ? item(key) : withLease;
    seen.put(key, item);
    try {
      return checkpoint(key, item);
    } catch (ConnectorException e) {
      // A reset with purge may have removed the offset's object since the item was read.
      Map<String, AttributeValue> now = item(key);
      if (now.equals(item)) {
        throw e;
      }
      seen.put(key, now);
      return checkpoint(key, now);
    }
  }

  private Map<String, AttributeValue> item(ItemKey key) {
    return answered(
        DynamoDbFailures.READ,
        () ->
            client
                .getItem(
                    request -> request.tableName(table).key(key.attributes()).consistentRead(true))
                .item());
  }

  private Optional<Checkpoint> checkpoint(ItemKey key, Map<String, AttributeValue> item) {
    try {
      return new CheckpointItem(offsets, lake, key).read(item);
    } catch (ConnectorException e) {
      throw e.at("DynamoDB table '%s', item %s".formatted(table, key));
    }
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    var key = new ItemKey(destination, flow);
    var update = new ItemUpdate();
    // The last known history is the expected checkpoint's, or nothing will be written.
    var before = expected.map(at -> Optional.ofNullable(seen.get(key)).orElseGet(() -> item(key)));
    var item = new CheckpointItem(offsets, lake, key);
    Map<String, AttributeValue> after;
    if (expected.map(Checkpoint::withoutReading).equals(Optional.of(next.withoutReading()))) {
      item.writeReading(update, next);
      after = before.orElseThrow();
    } else {
      var history = before.map(last -> last.get(CheckpointItem.HISTORY));
      after = Map.of(CheckpointItem.HISTORY, item.write(update, next, history, clock.instant()));
    }
    expected.ifPresentOrElse(
        at -> item.expect(update, at), () -> CheckpointItem.expectNone(update));
    forget(key);
    try {
      client.updateItem(update.request(table, key).build());
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (SdkException e) {
      throw failures.ofReplace(e);
    }
    seen.put(key, after);
    return true;
  }

  /** Removes the checkpoint and keeps the lease. */
  @Override
  public void remove(Destination destination, Flow flow) {
    var key = new ItemKey(destination, flow);
    var update = new ItemUpdate();
    CheckpointItem.remove(update);
    forget(key);
    whereItHolds(key, update.when("attribute_exists(%s)".formatted(update.name("pipeline"))));
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    var key = new ItemKey(destination, Flow.DATA);
    var update = new ItemUpdate();
    var run = AttributeValue.fromS(runId);
    update
        .set(LEASE_RUN, run)
        .set(LEASE_UNTIL, time(until))
        // An attribute that is missing, or is no text, compares as false.
        .when(
            "(NOT %s > %s) OR %s = %s"
                .formatted(
                    update.name(LEASE_UNTIL),
                    update.value(time(clock.instant())),
                    update.name(LEASE_RUN),
                    update.value(run)));
    var request =
        update
            .request(table, key)
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return answered(
        DynamoDbFailures.WRITE,
        () -> {
          try {
            leased.put(key, client.updateItem(request).attributes());
            return new Lease.Held();
          } catch (ConditionalCheckFailedException e) {
            return taken(key, e.hasItem() ? e.item() : Map.of());
          }
        });
  }

  private Lease taken(ItemKey key, Map<String, AttributeValue> item) {
    Optional<Checkpoint> at;
    try {
      at = checkpoint(key, item);
    } catch (ConnectorException e) {
      at = Optional.empty();
    }
    return new Lease.Taken(
        text(item, LEASE_RUN).orElse("unknown"),
        text(item, LEASE_UNTIL).flatMap(DynamoDbCheckpointStore::parsed).orElseGet(clock::instant),
        at);
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  private static Optional<Instant> parsed(String time) {
    try {
      return Optional.of(Instant.parse(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AttributeValue time(Instant instant) {
    return AttributeValue.fromS(CheckpointItem.TIME.format(instant));
  }

  @Override
  public void release(Destination destination, String runId) {
    var key = new ItemKey(destination, Flow.DATA);
    leased.remove(key);
    var update = new ItemUpdate();
    whereItHolds(
        key,
        update
            .remove(LEASE_RUN, LEASE_UNTIL)
            .when(
                "%s = %s"
                    .formatted(update.name(LEASE_RUN), update.value(AttributeValue.fromS(runId)))));
  }

  /**
   * Returns the failures as of the last load, if there was one: only runs one after another count
   * them.
   */
  @Override
  public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
    var key = new ItemKey(destination, flow);
    Map<String, AttributeValue> last = seen.get(key);
    return new CheckpointItem(offsets, lake, key).attempts(last == null ? item(key) : last);
  }

  @Override
  public void save(Destination destination, Flow flow, FailureStreak attempts) {
    var key = new ItemKey(destination, flow);
    var update = new ItemUpdate();
    if (attempts.count() == 0) {
      update.remove(CheckpointItem.ATTEMPTS);
    } else {
      update.set(
          CheckpointItem.ATTEMPTS, new CheckpointItem(offsets, lake, key).attempts(attempts));
    }
    forget(key);
    answered(DynamoDbFailures.WRITE, () -> client.updateItem(update.request(table, key).build()));
  }

  private void forget(ItemKey key) {
    leased.remove(key);
    seen.remove(key);
  }

  private void whereItHolds(ItemKey key, ItemUpdate update) {
    answered(
        DynamoDbFailures.WRITE,
        () -> {
          try {
            client.updateItem(update.request(table, key).build());
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  private <T> T answered(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(action, e);
    }
  }
}
