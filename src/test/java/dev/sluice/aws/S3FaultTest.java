package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.lake.Document;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the wire to S3 does to requests, and what is in the bucket then. */
class S3FaultTest extends S3OnAWire {

  @Test
  void lostReplyIsFollowedByALookAtOurOwnObject() {
    wire.on("PUT ", LOST_REPLY);

    StoredObject object = store.createIfAbsent(KEY, small(), OURS);

    assertThat(object).isEqualTo(new StoredObject(KEY, 1000, OURS));
    assertThat(direct.find(KEY)).contains(object);
    // The SDK asked again, was refused, and the object was looked at.
    assertThat(requests("PUT")).isEqualTo(2);
    assertThat(requests("HEAD")).isEqualTo(1);
  }

  @Test
  void replyThatIsLostEachTimeIsOurObjectAllTheSame() {
    plan("PUT ", ATTEMPTS, LOST_REPLY);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
  }

  @Test
  void requestThatIsLostOnceIsRepeated() {
    wire.on("PUT ", LOST_REQUEST);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
    assertThat(direct.find(KEY)).isPresent();
  }

  @Test
  void connectionThatTurnsOutToBeStaleIsReplaced() {
    plan("PUT ", ATTEMPTS - 1, CUT_REQUEST);
    wire.on("HEAD ", CUT_REQUEST);
    wire.on("POST ", CUT_REQUEST);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
    assertThat(store.find(KEY)).isPresent();
    store.delete(List.of(KEY));
    assertThat(direct.find(KEY)).isEmpty();
  }

  @Test
  void requestThatIsLostEachTimeHasAnUnknownOutcome() {
    plan("PUT ", ATTEMPTS, LOST_REQUEST);

    assertThatThrownBy(() -> store.createIfAbsent(KEY, small(), OURS))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("s3:PutObject")
        .hasMessageContaining("s3://lake/" + prefix + KEY);
    assertThat(direct.find(KEY)).isEmpty();
    assertThat(requests("PUT")).isEqualTo(ATTEMPTS);
  }

  @Test
  void outcomeIsUnknownWhenTheLookFailsToo() {
    plan("PUT ", ATTEMPTS, LOST_REPLY);
    wire.on("HEAD ", DENIED);

    Throwable failure = catchThrowable(() -> store.createIfAbsent(KEY, small(), OURS));

    assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(direct.find(KEY)).isPresent();
  }

  @Test
  void serverErrorAfterTheWriteIsOurObject() {
    plan("PUT ", ATTEMPTS, BROKEN_AFTER);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
  }

  @Test
  void serverErrorsWithoutAWriteHaveAnUnknownOutcome() {
    plan("PUT ", ATTEMPTS, BROKEN);

    assertThatThrownBy(() -> store.createIfAbsent(KEY, small(), OURS))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("InternalError (status 500)");
    assertThat(direct.find(KEY)).isEmpty();
  }

  @Test
  void throttlingIsWaitedOut() {
    plan("PUT ", ATTEMPTS - 1, SLOW_DOWN);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
  }

  @Test
  void objectOfAnotherIsWhatCountsAfterServerErrors() {
    direct.createIfAbsent(KEY, new Bytes(7, (byte) 7), THEIRS);
    plan("PUT ", ATTEMPTS, BROKEN);

    assertThat(store.createIfAbsent(KEY, small(), OURS))
        .isEqualTo(new StoredObject(KEY, 7, THEIRS));
  }

  @Test
  void conflictIsFollowedByALookAndAnotherAttempt() {
    plan("PUT ", 4, CONFLICT);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
    assertThat(requests("PUT")).isEqualTo(5);
    assertThat(requests("HEAD")).isEqualTo(4);
  }

  @Test
  void conflictThatAnotherHasWonIsAnsweredByHisObject() {
    direct.createIfAbsent(KEY, new Bytes(7, (byte) 7), THEIRS);
    wire.on("PUT ", CONFLICT);

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(THEIRS);
    assertThat(requests("PUT")).isEqualTo(1);
  }

  @Test
  void conflictThatDoesNotEndIsTriedAgainAtTheNextRun() {
    plan("PUT ", 6, CONFLICT);

    assertThatThrownBy(() -> store.createIfAbsent(KEY, small(), OURS))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("ConditionalRequestConflict");
    assertThat(direct.find(KEY)).isEmpty();
  }

  @Test
  void objectThatVanishesBetweenRefusalAndLookIsCreated() {
    wire.on("PUT ", Fault.error(412, "PreconditionFailed", "It was there"));

    assertThat(store.createIfAbsent(KEY, small(), OURS).metadata()).isEqualTo(OURS);
    assertThat(requests("PUT")).isEqualTo(2);
  }

  @Test
  void readsAreRepeated() throws IOException {
    direct.createIfAbsent(KEY, small(), OURS);
    wire.on("HEAD ", LOST_REPLY, BROKEN);
    wire.on("GET /lake?", LOST_REQUEST, SLOW_DOWN);
    wire.on("GET /lake/", LOST_REPLY, BROKEN);

    assertThat(store.find(KEY)).isPresent();
    assertThat(store.list("t/data/")).containsExactly(KEY);
    try (InputStream in = store.read(KEY)) {
      assertThat(in.readAllBytes()).hasSize(1000);
    }
  }

  @Test
  void listingBeginsWhereItIsToldInOneRequest() {
    for (int i = 1; i <= 3; i++) {
      direct.createIfAbsent("t/data/" + i, small(), OURS);
    }

    assertThat(store.list("t/data/", "t/data/2")).containsExactly("t/data/3");
    assertThat(wire.requests()).hasSize(1);
    assertThat(wire.requests().getFirst()).contains("start-after=" + prefix.replace("/", "%2F"));
  }

  @Test
  void bodyThatBreaksOffIsAnErrorAndNotAShortObject() throws IOException {
    direct.createIfAbsent(KEY, small(), OURS);
    wire.on("GET ", CUT_REPLY);

    try (InputStream in = store.read(KEY)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(Exception.class);
    }
  }

  @Test
  void documentThatBreaksOffIsReadAgain() {
    direct.replace("t/current.json", Optional.empty(), "{\"generation\":1}");
    wire.on("GET ", CUT_REPLY);

    assertThat(store.document("t/current.json").map(Document::text)).contains("{\"generation\":1}");
  }

  @Test
  void readThatFailsForGoodIsTransient() {
    plan("GET ", ATTEMPTS, SLOW_DOWN);

    assertThatThrownBy(() -> store.document(KEY))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("s3:GetObject on s3://lake/" + prefix + KEY)
        .hasMessageContaining("SlowDown (status 503)");
  }

  @Test
  void replacementWhoseReplyIsLostHasHappened() {
    wire.on("PUT ", LOST_REPLY);

    assertThat(store.replace("t/current.json", Optional.empty(), "1")).isTrue();
    assertThat(direct.document("t/current.json").map(Document::text)).contains("1");
  }

  @Test
  void replacementThatCannotBeSeenHasAnUnknownOutcome() {
    plan("PUT ", ATTEMPTS, LOST_REQUEST);

    assertThatThrownBy(() -> store.replace("t/current.json", Optional.empty(), "1"))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void replacementWithoutAReplyIsRefusedWhenAnotherVersionIsThere() {
    direct.replace("t/current.json", Optional.empty(), "theirs");
    plan("PUT ", ATTEMPTS, BROKEN);

    assertThat(store.replace("t/current.json", Optional.empty(), "ours")).isFalse();
  }

  @Test
  void replacementIsTriedAgainAfterAConflict() {
    wire.on("PUT ", CONFLICT, CONFLICT);

    assertThat(store.replace("t/current.json", Optional.empty(), "1")).isTrue();
  }

  @Test
  void removalWhoseReplyIsLostIsRepeated() {
    direct.createIfAbsent(KEY, small(), OURS);
    wire.on("POST ", LOST_REPLY);

    store.delete(List.of(KEY));

    assertThat(direct.find(KEY)).isEmpty();
  }
}
