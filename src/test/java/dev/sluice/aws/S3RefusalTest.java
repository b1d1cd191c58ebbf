package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.aws.emulator.FaultyWire.Fault;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3 refuses, and how it is said. */
@Tag("aws")
class S3RefusalTest extends S3OnAWire {

  @Test
  void removalThatIsRefusedForOneObjectSaysSo() {
    direct.createIfAbsent(KEY, small(), OURS);
    wire.on(
        "POST ",
        new Fault.Answer(
            200,
            "<DeleteResult><Error><Key>%s%s</Key><Code>AccessDenied</Code><Message>No</Message></Error></DeleteResult>"
                .formatted(prefix, KEY)));

    assertDenied(() -> store.delete(List.of("t/data/0.jsonl", KEY)), "s3:DeleteObject");
  }

  @Test
  void removalThatFailsForOneObjectIsTransient() {
    wire.on(
        "POST ",
        new Fault.Answer(
            200,
            "<DeleteResult><Error><Key>k</Key><Code>InternalError</Code></Error></DeleteResult>"));

    assertThatThrownBy(() -> store.delete(List.of(KEY)))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("s3:DeleteObject on s3://lake/k: InternalError");
  }

  @Test
  void missingPermissionNamesActionAndObject() {
    wire.on("PUT ", DENIED);
    wire.on("GET ", DENIED);
    wire.on("HEAD ", DENIED);

    assertDenied(() -> store.createIfAbsent(KEY, small(), OURS), "s3:PutObject");
    assertDenied(() -> store.document(KEY), "s3:GetObject");
    assertDenied(() -> store.find(KEY), "s3:GetObject");
  }

  private void assertDenied(Runnable use, String action) {
    assertThatThrownBy(use::run)
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
        .hasMessageContaining(action + " on " + uri())
        .hasMessageContaining("Allow");
  }

  @Test
  void wrongCredentialsAreSaidToBeSo() {
    try (S3Client wrong = client("canary")) {
      assertThatThrownBy(() -> store(wrong, S3Emulator.BUCKET).createIfAbsent(KEY, small(), OURS))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
          .hasMessageContaining("SignatureDoesNotMatch")
          .hasMessageContaining("Correct the AWS credentials");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, SignatureDoesNotMatch",
    "403, InvalidAccessKeyId",
    "400, ExpiredToken",
    "400, InvalidToken",
    "403, SomethingNew"
  })
  void whatAServiceRepeatsOfCredentialsIsNotSaid(int status, String code) {
    String text = "The Canonical String should have been\nx-amz-security-token:canary";
    wire.on("PUT ", Fault.error(status, code, text));

    Throwable failure = catchThrowable(() -> store.createIfAbsent(KEY, small(), OURS));

    assertThat(failure)
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
        .hasMessageContaining(code);
    assertThat(failure).message().doesNotContain("canary");
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void bucketOfAnotherRegionIsSaidToBeSo() {
    wire.on("GET ", Fault.error(400, "AuthorizationHeaderMalformed", "expecting eu-west-1"));
    wire.on("PUT ", Fault.error(301, "PermanentRedirect", "Use the endpoint"));

    for (Runnable use :
        List.<Runnable>of(
            () -> store.document(KEY), () -> store.createIfAbsent(KEY, small(), OURS))) {
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageContaining("AWS_REGION");
    }
  }

  @Test
  void bucketThatDoesNotExistIsSaidToBeSo() {
    S3ObjectStore nowhere = store("no-such-bucket");

    for (Runnable use :
        List.<Runnable>of(
            () -> nowhere.list("t/"),
            () -> nowhere.document(KEY),
            () -> nowhere.createIfAbsent(KEY, small(), OURS),
            () -> nowhere.createIfAbsent(KEY, threeParts(), OURS),
            () -> nowhere.delete(List.of(KEY)))) {
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageContaining("s3://no-such-bucket/")
          .hasMessageContaining("NoSuchBucket");
    }
  }
}
