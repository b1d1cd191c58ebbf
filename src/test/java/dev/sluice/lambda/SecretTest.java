package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lambda.EchoingSource.Manner;
import dev.sluice.lambda.FunctionAnswer.Kind;
import dev.sluice.lambda.LambdaProcess.Settings;
import dev.sluice.proof.IssueServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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

  private void assertFoundNowhere(List<BucketLake> lakes, List<String> answers)
      throws Exception {
    var everything =
        new ArrayList<>(
            List.of(
                LogChecks.read(folder.resolve("stdout")),
                LogChecks.read(folder.resolve("stderr")),
                account.items().toString()));
    everything.addAll(answers);
    lakes.forEach(lake -> everything.add(lake.contents().toString()));
    for (String form : FORMS) {
      assertThat(everything).noneMatch(text -> text.contains(form));
    }
    LogChecks.check(folder);
  }

  /** One process for all of it: most of the time of such a test is its start. */
  @Test
  void secretIsNowhereHoweverASyncEnds() throws Exception {
    var lakes = new ArrayList<BucketLake>();
    var answers = new ArrayList<String>();
    try (var process = start()) {
      lakes.add(assertSyncs(process, answers));
      for (Manner manner : Manner.values()) {
        lakes.add(assertRefused(process, manner, answers));
      }
      lakes.add(assertNotTakenFromAnEvent(process, answers));
    }

    var manners = Stream.of(Manner.values()).map(SecretTest::pipeline).toList();
    assertThat(LogChecks.events(folder))
        .filteredOn(event -> event.path("outcome").asText().equals("FAILED"))
        .extracting(event -> event.path("pipeline").asText())
        .containsAll(manners);
    assertThat(LogChecks.metrics(folder))
        .filteredOn(metrics -> metrics.path("Failed").asLong() == 1)
        .hasSizeGreaterThanOrEqualTo(manners.size());
    assertFoundNowhere(lakes, answers);
  }

  private static BucketLake assertSyncs(LambdaProcess process, List<String> answers)
      throws Exception {
    try (var source = new IssueServer(500)) {
      var lake = deploy("secret", source.url());

      FunctionAnswer answer = process.invoke("{\"pipeline\": \"secret\"}");

      assertThat(answer.kind()).isEqualTo(Kind.RESPONSE);
      assertThat(lake.records("issues")).hasSize(500);
      assertThat(account.items()).isNotEmpty();
      answers.add(answer.body());
      return lake;
    }
  }

  private static String pipeline(Manner manner) {
    return "secret-" + manner.name().toLowerCase(Locale.ROOT);
  }

  private static BucketLake assertRefused(
      LambdaProcess process, Manner manner, List<String> answers) throws Exception {
    try (var source = new EchoingSource(manner)) {
      var lake = deploy(pipeline(manner), source.url());

      FunctionAnswer answer = process.invoke("{\"pipeline\": \"" + pipeline(manner) + "\"}");

      assertThat(source.credentials()).isNotEmpty().allMatch(sent -> sent.contains(TOKEN));
      assertThat(answer.kind()).as(manner.name()).isEqualTo(Kind.ERROR);
      answers.add(answer.body());
      return lake;
    }
  }

  private static BucketLake assertNotTakenFromAnEvent(LambdaProcess process, List<String> answers)
      throws Exception {
    try (var source = new IssueServer(1)) {
      var lake = deploy("hostile", source.url());

      FunctionAnswer answer =
          process.invoke(
              "{\"pipeline\": \"hostile\", \"tables\": [\"${ssm:token}\"],"
                  + " \"destination\": \"file:/tmp/${ssm:token}\"}");

      assertThat(answer.kind()).isEqualTo(Kind.ERROR);
      answers.add(answer.body());
      return lake;
    }
  }
}
