package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.functions.config.Pipelines;
import dev.sluice.spi.ConnectorException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

final class PipelinesTest {
  @TempDir Path folder;

  private static Pipelines at(String place, Map<String, String> more) {
    var variables = new HashMap<>(more);
    variables.put("SLUICE_PIPELINES", place);
    return Pipelines.of(TestDeployment.of(variables, InstantSource.system(), new Printed()));
  }

  private Pipelines inFolder() {
    return at(folder.resolve("pipelines").toString(), Map.of());
  }

  @Test
  void nameIsAFileWhateverItIsMadeOf() {
    var files = new PipelineFolder(folder);
    files.letters("../../etc/passwd", "letters").letters("a b.c", "letters");

    assertThat(inFolder().find("../../etc/passwd").name()).isEqualTo("../../etc/passwd");
    assertThat(inFolder().find("a b.c").name()).isEqualTo("a b.c");
    assertThatThrownBy(() -> inFolder().find("pipelines/../a b.c"))
        .hasMessageContaining("There is no pipeline 'pipelines/../a b.c' in");
  }

  @Test
  void nameInTheFileIsTheNameThatWasAskedFor() {
    var files = new PipelineFolder(folder);
    files.write("acme", files.lettersText("other", "letters"));

    assertThatThrownBy(() -> inFolder().find("acme"))
        .hasMessageContaining("acme.yaml in")
        .hasMessageContaining("the pipeline's name is 'other'; name it as its file, 'acme'");
  }

  @Test
  void missingFolderIsNamed() {
    assertThatThrownBy(() -> inFolder().find("acme"))
        .hasMessageContaining("There is no folder '" + folder.resolve("pipelines"))
        .hasMessageContaining("SLUICE_PIPELINES");
  }

  private String deployed(String name, String... tables) {
    return new PipelineFolder(folder)
        .lettersText(name, tables)
        .replace("${env:TOKEN}", "${ssm:token}");
  }

  @Test
  void textItselfMayHoldManyPipelines() {
    String text =
        "---\n"
            + deployed("one", "letters")
            + "--- # the second\r\n"
            + deployed("two", "letters", "denied");

    assertThat(at(text, Map.of()).find("one").tables()).hasSize(1);
    assertThat(at(text, Map.of()).find("two").tables()).hasSize(2);
    assertThatThrownBy(() -> at(text, Map.of()).find("three"))
        .hasMessage("There is no pipeline 'three' in SLUICE_PIPELINES; known are one, two");
    assertThatThrownBy(() -> at(text.replace("\"two\"", "\"one\""), Map.of()).find("one"))
        .hasMessageContaining("2 pipelines with the name 'one'");
    assertThatThrownBy(() -> at(text.replace("\"two\"", "\"ONE\""), Map.of()).find("one"))
        .hasMessageContaining("'one' and 'ONE', which are the same where case does not count");
    assertThatThrownBy(
            () -> at(text.replace("table: denied", "tabel: denied"), Map.of()).find("two"))
        .hasMessageContaining("SLUICE_PIPELINES, document 2:10")
        .hasMessageContaining("did you mean 'table'?");
  }

  private Pipelines inBucket(S3Emulator emulator, String secretKey) {
    return at(
        "s3://" + S3Emulator.BUCKET + "/config",
        Map.of(
            "AWS_ENDPOINT_URL_S3",
            emulator.endpoint().toString(),
            "AWS_REGION",
            Emulated.REGION.id(),
            "AWS_ACCESS_KEY_ID",
            Emulated.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY",
            secretKey));
  }

  @Test
  void filesMayBeInABucket() throws Exception {
    try (var emulator = S3Emulator.start()) {
      emulator
          .client()
          .putObject(
              request -> request.bucket(S3Emulator.BUCKET).key("config/acme.yaml"),
              RequestBody.fromString(deployed("acme", "letters")));
      var pipelines = inBucket(emulator, Emulated.SECRET_KEY);

      assertThat(pipelines.find("acme").tables()).hasSize(1);
      assertThatThrownBy(() -> pipelines.find("unrelated"))
          .hasMessageContaining("There is no pipeline 'unrelated' in s3://lake/config")
          .hasMessageContaining("known are acme");
    }
  }

  @Test
  void bucketThatMayNotBeReadIsAMatterOfPermissions() throws Exception {
    try (var emulator = S3Emulator.start()) {
      var pipelines = inBucket(emulator, "wrong");

      assertThatThrownBy(() -> pipelines.find("acme"))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.isAccessDenied()).isTrue())
          .hasMessageContaining("s3:GetObject on s3://lake/config/acme.yaml")
          .hasMessageContaining("Correct the AWS credentials");
    }
  }

  @Test
  void placeThatIsNoBucketIsRefused() {
    assertThatThrownBy(() -> at("s3:bucket", Map.of()).find("acme"))
        .hasMessageContaining("SLUICE_PIPELINES is 's3:bucket'; write it like s3://bucket/prefix/");
  }
}
