package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects that are uploaded in parts. */
@Tag("aws")
class S3PartsTest extends S3OnAWire {

  @Test
  void largeObjectIsUploadedInParts() throws IOException {
    StoredObject object = store.createIfAbsent(KEY, threeParts(), OURS);

    assertThat(object).isEqualTo(new StoredObject(KEY, threeParts().size(), OURS));
    assertThat(direct.find(KEY)).contains(object);
    try (InputStream in = direct.read(KEY);
        InputStream expected = threeParts().open()) {
      assertThat(in.readAllBytes()).isEqualTo(expected.readAllBytes());
    }
    assertThat(requests("PUT")).isEqualTo(3);
    assertThat(uploads()).isEmpty();
  }

  private List<String> uploads() {
    return s3
        .client()
        .listMultipartUploads(request -> request.bucket(S3Emulator.BUCKET))
        .uploads()
        .stream()
        .map(upload -> upload.key())
        .toList();
  }

  @Test
  void partsOfALoserAreRemovedAndTheWinnerStays() {
    direct.createIfAbsent(KEY, small(), THEIRS);

    assertThat(store.createIfAbsent(KEY, threeParts(), OURS))
        .isEqualTo(new StoredObject(KEY, 1000, THEIRS));
    assertThat(requests("DELETE")).isEqualTo(1);
    assertThat(uploads()).isEmpty();
  }

  @Test
  void partWhoseReplyIsLostIsUploadedAgain() {
    wire.on("partNumber=2", LOST_REPLY, BROKEN);

    assertThat(store.createIfAbsent(KEY, threeParts(), OURS).metadata()).isEqualTo(OURS);
    assertThat(requests("PUT")).isEqualTo(5);
  }

  @Test
  void partThatFailsForGoodLeavesNeitherObjectNorParts() {
    plan("partNumber=2", ATTEMPTS, BROKEN);

    assertThatThrownBy(() -> store.createIfAbsent(KEY, threeParts(), OURS))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(direct.find(KEY)).isEmpty();
    assertThat(uploads()).isEmpty();
  }

  @Test
  void completionWhoseReplyIsLostIsOurObject() {
    plan("POST /lake/%s%s?uploadId".formatted(prefix, KEY), 1, LOST_REPLY);

    assertThat(store.createIfAbsent(KEY, threeParts(), OURS).metadata()).isEqualTo(OURS);
    assertThat(direct.find(KEY).orElseThrow().metadata()).isEqualTo(OURS);
    assertThat(uploads()).isEmpty();
  }

  @Test
  void completionThatFailsInsideA200IsNoSuccess() {
    plan("?uploadId", ATTEMPTS, Fault.error(200, "InternalError", "Too late"));

    assertThatThrownBy(() -> store.createIfAbsent(KEY, threeParts(), OURS))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(direct.find(KEY)).isEmpty();
  }

  @Test
  void completionOfAnUploadThatIsGoneIsLookedAt() {
    wire.on("?uploadId", Fault.error(404, "NoSuchUpload", "Gone"));

    assertThatThrownBy(() -> store.createIfAbsent(KEY, threeParts(), OURS))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("NoSuchUpload");
  }

  @Test
  void conflictAtTheCompletionBeginsTheUploadAgain() {
    wire.on("?uploadId", CONFLICT);

    assertThat(store.createIfAbsent(KEY, threeParts(), OURS).metadata()).isEqualTo(OURS);
    assertThat(requests("PUT")).isEqualTo(6);
    assertThat(uploads()).isEmpty();
  }
}
