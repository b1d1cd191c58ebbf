package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.AwsClients;
import dev.sluice.aws.DynamoDbCheckpointStore;
import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.FaultyWire;
import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with both stores in the cloud: what they ask for, and what two of them do to each other. */
@Tag("aws")
class OnAwsTest {
  /** How often the SDK tries. */
  private static final int ATTEMPTS = 3;

  private static final PipelineTable APPEND = Site.table("append", "max_records_per_batch", "1");
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static DynamoDbEmulator dynamoDb;
  private static S3Emulator s3;

  private FaultyWire toDynamoDb;
  private FaultyWire toS3;

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
    toDynamoDb = new FaultyWire(dynamoDb.endpoint());
    toS3 = new FaultyWire(s3.endpoint());
  }

  @AfterEach
  void close() {
    toDynamoDb.close();
    toS3.close();
  }

  /** A lake and a name in the table that no other site has. */
  private Site site() {
    var clients =
        new AwsClients(
            Map.of(
                "AWS_REGION", Emulated.REGION.id(),
                "AWS_ACCESS_KEY_ID", Emulated.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", Emulated.SECRET_KEY,
                "AWS_ENDPOINT_URL_S3", toS3.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", toDynamoDb.endpoint().toString()));
    String name = "site-" + TESTS.incrementAndGet();
    var lake = new S3ObjectStore(clients.s3(), S3Emulator.BUCKET, name + "/");
    var checkpoints =
        new DynamoDbCheckpointStore(
            clients.dynamoDb(),
            DynamoDbEmulator.TABLE,
            name,
            new OffsetObjects(lake),
            () -> Site.NOW);
    return new Site(lake, new DynamoDbCheckpoints(checkpoints, name));
  }

  private static List<String> since(int count, FaultyWire wire) {
    return wire.requests().subList(count, wire.requests().size()).stream()
        .map(line -> line.replaceAll("/lake/site-\\d+/books/", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "cdc_with_deletes"})
  void runWithNothingNewAsksLittle(String name) {
    Site site = site();
    Ledger ledger = Ledger.of(20);
    ledger.tombstones.put(1, "{\"id\": 1}");
    var table = Site.table(name);
    site.run(ledger, table);
    int askedDynamoDb = toDynamoDb.requests().size();
    int askedS3 = toS3.requests().size();

    TableReport report = site.run(ledger, table);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    boolean hasDeletes = name.equals("cdc_with_deletes");
    // The lease with the checkpoint of the data, that of the deletes, and the lease given back.
    assertThat(since(askedDynamoDb, toDynamoDb)).hasSize(hasDeletes ? 3 : 2);
    // The description; and for each flow the pointer, the generations of both flows, the format and
    // the microbatch that would follow.
    assertThat(since(askedS3, toS3)).as("%s", since(askedS3, toS3)).hasSize(hasDeletes ? 11 : 6);
  }

  @Test
  void tablesThatHadNoTurnAreNotLookedUpBeyondTheDeadline() {
    Site site = site();
    Ledger ledger = Ledger.of(20);
    ledger.beforeRead.put("append", start -> site.now = site.now.plus(site.time));
    var tables = new ArrayList<>(List.of(APPEND));
    for (int i = 0; i < 50; i++) {
      tables.add(
          new PipelineTable(Table.named("cdc"), "cdc" + i, Optional.empty(), Optional.empty()));
    }

    InvocationReport report = site.sync(ledger).run(tables);

    assertThat(report.tables()).hasSize(51);
    assertThat(report.tables()).extracting(TableReport::outcome).containsOnly(Outcome.OUT_OF_TIME);
    assertThat(toDynamoDb.requests()).hasSizeLessThan(10);
  }

  @Test
  void busyTableCostsOneRequest() {
    Site site = site();
    site.run(Ledger.of(20), APPEND);
    var before = site.checkpoint("append");
    site.checkpoints.acquire(Site.destination("append"), "run-other", Site.NOW.plusSeconds(600));
    int askedDynamoDb = toDynamoDb.requests().size();
    int askedS3 = toS3.requests().size();

    TableReport report = site.run(Ledger.of(30), APPEND);

    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(report.error().orElseThrow().message())
        .isEqualTo("Table books/append is held by run run-other until 2026-05-01T12:10:00Z");
    assertThat(report.after()).isEqualTo(before);
    assertThat(since(askedDynamoDb, toDynamoDb)).hasSize(1);
    assertThat(since(askedS3, toS3)).isEmpty();
  }

  @Test
  void ofTwoInvocationsAtOnceOneWorksAndTheOtherIsBusy() throws Exception {
    Site site = site();
    var reading = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Ledger slow = Ledger.of(30);
    slow.beforeRead.put(
        "append",
        start -> {
          reading.countDown();
          await(goOn);
        });

    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<TableReport> first = threads.submit(() -> site.run(slow, APPEND));
      await(reading);
      TableReport second = site.run(Ledger.of(30), APPEND);
      goOn.countDown();

      assertThat(second.outcome()).isEqualTo(Outcome.BUSY);
      assertThat(first.get().outcome()).isEqualTo(Outcome.CAUGHT_UP);
    }
    TableReport next = site.run(slow, APPEND);

    assertThat(next.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(next.records()).isZero();
    assertThat(site.published("append")).isEqualTo(slow.lines());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @RepeatedTest(3)
  void withoutTheLeaseEachRecordIsThereOnceAllTheSame() throws Exception {
    Site site = site();
    var start = new CyclicBarrier(3);
    var reports = new ArrayList<Future<TableReport>>();

    try (var threads = Executors.newFixedThreadPool(3)) {
      for (int window : List.of(3, 5, 7)) {
        Ledger ledger = Ledger.of(40);
        ledger.window = window;
        reports.add(
            threads.submit(
                () -> {
                  start.await();
                  return site.runWithoutLease(ledger, APPEND);
                }));
      }
    }

    for (var report : reports) {
      assertThat(report.get().outcome()).isEqualTo(Outcome.CAUGHT_UP);
    }
    assertThat(site.published("append")).isEqualTo(Ledger.of(40).lines());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, ATTEMPTS})
  void replyThatIsLostAnywhereLosesAndDoublesNothing(int times) {
    var fault = new Fault.LostReply();
    int unknown = 0;
    for (int at = 1; ; at++) {
      Site site = site();
      Ledger ledger = Ledger.of(3);
      ledger.window = 2;
      toDynamoDb
          .on("POST ", Collections.nCopies(at - 1, new Fault.None()).toArray(Fault[]::new))
          .on("POST ", Collections.nCopies(times, fault).toArray(Fault[]::new));

      TableReport first = site.run(ledger, APPEND);
      unknown += first.outcome() == Outcome.CAUGHT_UP ? 0 : 1;
      if (toDynamoDb.left() > 0) {
        break;
      }
      // A run whose lease was not given back is over by then.
      TableReport last = site.runWithoutLease(ledger, APPEND);

      assertThat(last.outcome()).as("reply %d lost", at).isEqualTo(Outcome.CAUGHT_UP);
      assertThat(site.published("append")).as("reply %d lost", at).isEqualTo(ledger.lines());
      assertThat(site.checkpoint("append").sequence()).isEqualTo(2);
      assertThat(at).isLessThan(20);
    }
    assertThat(unknown > 0).isEqualTo(times == ATTEMPTS);
  }
}
