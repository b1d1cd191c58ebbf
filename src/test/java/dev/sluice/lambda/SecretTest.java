package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lambda.EchoingSource.Manner;
import dev.sluice.lambda.FunctionAnswer.Kind;
import dev.sluice.lambda.LambdaProcess.Settings;
import dev.sluice.proof.IssueServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token that must not be found again, wherever one looks, however the sync goes. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's Java runtime is made for Linux")
@Timeout(180)
@Tag("process")
@Tag("aws")
class SecretTest {
  private static final String TOKEN = "canary-4f1b9c7e-token";
  private static final List<String> FORMS =
      List.of(
          TOKEN,
          Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8)),
          new StringBuilder(TOKEN).reverse().toString());

  private static Account account;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    account = new Account().parameter("token", TOKEN);
  }

  @AfterAll
  static void close() {
    account.close();
  }

  private LambdaProcess start() {
    return new Settings(folder, "scheduled-sync")
        .with(account.environment())
        .with("POWERTOOLS_LOG_LEVEL", "DEBUG")
        .start();
  }

  private static BucketLake deploy(String pipeline, URI source) {
    return account.deploy(
        pipeline,
        """
        connector: github
        connection:
          base_url: %s
          token: ${ssm:token}
          retry_pause_millis: 1
        tables:
          - table: issues
            options: { owner: o, repo: r }
        """
            .formatted(source));
  }

  private void assertFoundNowhere(BucketLake lake, String... answers) {
    var everything =
        List.of(
            LogChecks.read(folder.resolve("stdout")),
            LogChecks.read(folder.resolve("stderr")),
            String.join("\n", answers),
            lake.contents().toString(),
            account.items().toString());
    for (String form : FORMS) {
      assertThat(everything).noneMatch(text -> text.contains(form));
    }
    LogChecks.check(folder);
  }

  @Test
  void secretOfASyncIsNowhere() throws Exception {
    try (var source = new IssueServer(500)) {
      var lake = deploy("secret", source.url());

      FunctionAnswer answer;
      try (var process = start()) {
        answer = process.invoke("{\"pipeline\": \"secret\"}");
      }

      assertThat(answer.kind()).isEqualTo(Kind.RESPONSE);
      assertThat(lake.records("issues")).hasSize(500);
      assertThat(account.items()).isNotEmpty();
      assertFoundNowhere(lake, answer.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void secretThatASourceSendsBackIsNowhere(Manner manner) throws Exception {
    String pipeline = "secret-" + manner.name().toLowerCase(java.util.Locale.ROOT);
    try (var source = new EchoingSource(manner)) {
      var lake = deploy(pipeline, source.url());

      FunctionAnswer answer;
      try (var process = start()) {
        answer = process.invoke("{\"pipeline\": \"" + pipeline + "\"}");
      }

      assertThat(source.credentials()).isNotEmpty().allMatch(sent -> sent.contains(TOKEN));
      assertThat(answer.kind()).isEqualTo(Kind.ERROR);
      assertThat(LogChecks.events(folder))
          .anyMatch(event -> event.path("outcome").asText().equals("FAILED"));
      assertThat(LogChecks.metrics(folder))
          .anyMatch(metrics -> metrics.path("Failed").asLong() == 1);
      assertFoundNowhere(lake, answer.body());
    }
  }

  @Test
  void secretIsNotTakenFromAnEvent() throws Exception {
    try (var source = new IssueServer(1)) {
      var lake = deploy("hostile", source.url());

      FunctionAnswer answer;
      try (var process = start()) {
        answer =
            process.invoke(
                "{\"pipeline\": \"hostile\", \"tables\": [\"${ssm:token}\"],"
                    + " \"destination\": \"file:/tmp/${ssm:token}\"}");
      }

      assertThat(answer.kind()).isEqualTo(Kind.ERROR);
      assertFoundNowhere(lake, answer.body());
    }
  }
}
