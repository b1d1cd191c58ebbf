package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.FaultyWire;
import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.aws.emulator.JsonServices;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a DynamoDB that does not answer, or refuses. */
@Tag("aws")
class DynamoDbFaultTest {
  /** How often the SDK tries. */
  private static final int ATTEMPTS = 3;

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static DynamoDbEmulator dynamoDb;

  @TempDir Path lake;
  private Destination table;
  private FaultyWire wire;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbEmulator.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    table = new Destination(test.getDisplayName(), "users");
    wire = new FaultyWire(dynamoDb.endpoint());
  }

  @AfterEach
  void close() {
    wire.close();
  }

  private DynamoDbCheckpointStore store(URI endpoint) {
    var clients =
        new AwsClients(
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString()));
    return new DynamoDbCheckpointStore(
        clients.dynamoDb(),
        DynamoDbEmulator.TABLE,
        "s3://lake",
        new OffsetObjects(new LocalObjectStore(lake)),
        () -> NOON);
  }

  private boolean replace(DynamoDbCheckpointStore store) {
    return store.replace(table, Flow.DATA, Optional.empty(), Checkpoint.START);
  }

  private void plan(int times, Fault fault) {
    wire.on("POST ", Collections.nCopies(times, fault).toArray(Fault[]::new));
  }

  @Test
  void replacementWhoseRepliesAreLostHasAnUnknownOutcome() {
    var store = store(wire.endpoint());
    plan(ATTEMPTS, new Fault.LostReply());

    assertThatThrownBy(() -> replace(store))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("dynamodb:UpdateItem on DynamoDB table 'checkpoints'");
    assertThat(store.load(table, Flow.DATA)).contains(Checkpoint.START);
  }

  @Test
  void replacementThatIsLostOnItsWayHasAnUnknownOutcome() {
    var store = store(wire.endpoint());
    plan(ATTEMPTS, new Fault.LostRequest());

    assertThatThrownBy(() -> replace(store)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(store.load(table, Flow.DATA)).isEmpty();
  }

  @Test
  void repeatedReplacementIsRefusedByItself() {
    var store = store(wire.endpoint());
    plan(1, new Fault.LostReply());

    assertThat(replace(store)).isFalse();
    assertThat(store.load(table, Flow.DATA)).contains(Checkpoint.START);
  }

  @Test
  void repeatedRequestForALeaseGetsIt() {
    var store = store(wire.endpoint());
    plan(1, new Fault.LostReply());

    assertThat(store.acquire(table, "run", NOON.plusSeconds(60))).isEqualTo(new Lease.Held());
  }

  @Test
  void leaseBringsTheCheckpointForTheFirstWhoLoadsIt() {
    var store = store(wire.endpoint());
    replace(store);
    store.acquire(table, "run", NOON.plusSeconds(60));
    int before = wire.requests().size();

    assertThat(store.load(table, Flow.DATA)).contains(Checkpoint.START);
    assertThat(wire.requests()).hasSize(before);
    assertThat(store.load(table, Flow.DATA)).contains(Checkpoint.START);
    assertThat(wire.requests()).hasSize(before + 1);
  }

  @Test
  void checkpointThatMovedSinceTheLeaseIsNotReplaced() {
    var store = store(wire.endpoint());
    replace(store);
    store.acquire(table, "run", NOON.plusSeconds(60));
    var moved = new Checkpoint(1, 1, Offset.START);
    store(dynamoDb.endpoint()).replace(table, Flow.DATA, Optional.of(Checkpoint.START), moved);

    var loaded = store.load(table, Flow.DATA);

    assertThat(store.replace(table, Flow.DATA, loaded, new Checkpoint(1, 2, Offset.START)))
        .isFalse();
    assertThat(store.load(table, Flow.DATA)).contains(moved);
  }

  @Test
  void lookThatIsNotAnsweredIsTransient() {
    var store = store(wire.endpoint());
    plan(ATTEMPTS, new Fault.LostReply());

    assertThatThrownBy(() -> store.load(table, Flow.DATA))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, TRANSIENT, false, next run",
    "400, ThrottlingException, TRANSIENT, false, next run",
    "500, InternalServerError, TRANSIENT, false, next run",
    "400, AccessDeniedException, CONFIGURATION, true, Allow the action",
    "400, UnrecognizedClientException, CONFIGURATION, true, AWS credentials",
    "400, ResourceNotFoundException, CONFIGURATION, false, SLUICE_CHECKPOINT_TABLE",
    "400, ValidationException, CONFIGURATION, false, no text of ours"
  })
  void refusalSaysWhoMustAct(
      int status, String type, Kind kind, boolean accessDenied, String message) {
    try (var service = JsonServices.start()) {
      service.refuse("DynamoDB", status, "com.amazonaws#" + type, "no text of ours");
      var store = store(service.endpoint());

      var refusal =
          catchThrowableOfType(ConnectorException.class, () -> store.load(table, Flow.DATA));
      var replaced = catchThrowableOfType(RuntimeException.class, () -> replace(store));

      assertThat(refusal.kind()).isEqualTo(kind);
      assertThat(refusal.isAccessDenied()).isEqualTo(accessDenied);
      assertThat(refusal).hasMessageContaining(message);
      assertThat(replaced)
          .isInstanceOf(
              kind == Kind.TRANSIENT ? OutcomeUnknownException.class : ConnectorException.class);
    }
  }
}
