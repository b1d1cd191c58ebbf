package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.cli.terminal.JsonDocument;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a pipeline that lands in a bucket. */
final class AwsCommandsTest {
  private static DynamoDbEmulator dynamoDb;
  private static S3Emulator s3;

  @TempDir Path folder;

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

  private Cli cli(String uri) {
    return new Cli(folder)
        .landingIn(uri)
        .pipeline("letters", "{table: letters, as: other}")
        .with(
            Map.of(
                "SLUICE_CHECKPOINT_TABLE",
                DynamoDbEmulator.TABLE,
                "AWS_REGION",
                Emulated.REGION.id(),
                "AWS_ACCESS_KEY_ID",
                Emulated.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                Emulated.SECRET_KEY,
                "AWS_ENDPOINT_URL_S3",
                s3.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                dynamoDb.endpoint().toString()));
  }

  @Test
  void commandsWorkAsTheyDoOnAFolder() {
    Cli cli = cli("s3://lake/raw");

    var check = cli.runOn("check");
    var before = cli.runOn("state", "show");
    var first = cli.runOn("sync");
    var second = cli.runOn("sync");
    var state = cli.without("TOKEN").runOn("state", "show");
    var reset = cli.runOn("state", "reset", "--yes", "--table", "other");
    var after = cli.runOn("state", "show", "--table", "other", "-o", "json");

    assertThat(check.out()).contains("ok  destination s3://lake/raw/");
    assertThat(before.out()).isEqualTo("Nothing is saved yet.\n");
    assertThat(first.out()).containsPattern("letters +caught up +5 ");
    assertThat(second.out()).containsPattern("letters +caught up +0 ");
    assertThat(state.out()).containsPattern("other +data +1 +\\d+ +\\{\"next\":5}");
    assertThat(reset.out()).isEqualTo("other: generation 2 begins\n");
    assertThat(JsonDocument.read(after.out()).at("/0/generation").asInt()).isEqualTo(2);
    assertThat(first.code() + second.code() + state.code() + reset.code()).isZero();
    assertThat(first.err() + second.err()).doesNotContain(Cli.SECRET);
  }

  @Test
  void missingVariablesAndTablesAreNamed() {
    var without = cli("s3://lake/raw").without("SLUICE_CHECKPOINT_TABLE").runOn("sync");
    var nowhere =
        cli("s3://lake/raw").with(Map.of("SLUICE_CHECKPOINT_TABLE", "nowhere")).runOn("sync");
    var bucket = cli("s3://no-such-bucket/raw").runOn("check");

    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err())
        .isEqualTo(
            "sluice: The destination s3://lake/raw/ keeps its checkpoints in DynamoDB: set the environment variable SLUICE_CHECKPOINT_TABLE to the name of the table\n");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.out()).contains("There is no DynamoDB table 'nowhere'");
    assertThat(bucket.code()).isEqualTo(2);
    assertThat(bucket.err()).contains("no-such-bucket");
  }
}
