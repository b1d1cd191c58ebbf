package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.aws.emulator.JsonServices;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References to secrets that AWS keeps. */
final class AwsReferenceTest {
  private static final String CANARY = "hunter2-canary";
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123:secret:acme-AbCdEf";
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Connectors connectors = new Connectors(List.of(new LettersProvider()));
  private JsonServices aws;
  private Instant now = NOON;

  @BeforeEach
  void start() {
    aws = JsonServices.start();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL", aws.endpoint().toString(),
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test");
  }

  private Pipeline pipeline(String token) {
    return Pipeline.parse(
        PipelineFileTest.GOOD.replace("${env:TOKEN}", token), "acme.yaml", connectors);
  }

  /** As a run that begins now does. */
  private Options options(Pipeline pipeline) {
    return pipeline.connectionOptions(
        variables(), now.minus(PipelineContext.SECRETS_REMEMBERED), () -> now);
  }

  private String resolve(String token) {
    return options(pipeline(token)).get(LettersProvider.TOKEN);
  }

  private ConnectorException refused(String token) {
    var pipeline = pipeline(token);
    var refusal = catchThrowableOfType(ConnectorException.class, () -> options(pipeline));
    assertThat(refusal).hasMessageStartingWith("acme.yaml:4: " + token + ": ");
    var trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("hunter2");
    return refusal;
  }

  private void assertRefused(String token, String message) {
    ConnectorException refusal = refused(token);
    assertThat(refusal.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION);
    assertThat(refusal).hasMessageContaining(message);
  }

  @Test
  void secretsAreFoundWhereTheirReferencesSay() {
    aws.secret("acme/github", CANARY + "\n")
        .secret(ARN, "{\"token\": \"%s\", \"user\": 7}".formatted(CANARY))
        .parameter("/acme/token", CANARY);

    assertThat(resolve("${secretsmanager:acme/github}")).isEqualTo(CANARY);
    assertThat(resolve("${secretsmanager:%s#token}".formatted(ARN))).isEqualTo(CANARY);
    assertThat(resolve("${secretsmanager:%s#user}".formatted(ARN))).isEqualTo("7");
    assertThat(resolve("${ssm:/acme/token}")).isEqualTo(CANARY);
  }

  @Test
  void nothingIsAskedForBeforeItIsNeededAndNothingTwice() {
    aws.secret("acme", "{\"token\": \"%s\", \"count\": 3}".formatted(CANARY))
        .secret("other", CANARY);
    String text =
        PipelineFileTest.GOOD
            .replace("${env:TOKEN}", "${secretsmanager:acme#token}")
            .replace("count: 7", "count: ${secretsmanager:acme#count}");

    var pipeline = Pipeline.parse(text, "acme.yaml", connectors);
    var before = aws.calls();
    Options options = options(pipeline);

    assertThat(before).isEmpty();
    assertThat(options.get(LettersProvider.TOKEN)).isEqualTo(CANARY);
    assertThat(options.get(LettersProvider.COUNT)).isEqualTo(3);
    assertThat(aws.calls()).containsExactly("secretsmanager.GetSecretValue acme");
  }

  @Test
  void secretIsRememberedForFiveMinutes() {
    aws.secret("acme", "first");
    resolve("${secretsmanager:acme}");
    aws.secret("acme", "second");

    now = NOON.plus(Duration.ofMinutes(5)).minusMillis(1);
    String within = resolve("${secretsmanager:acme}");
    now = now.plusMillis(1);
    String after = resolve("${secretsmanager:acme}");
    now = NOON.plus(Duration.ofMinutes(9));
    String then = resolve("${secretsmanager:acme}");

    assertThat(within).isEqualTo("first");
    assertThat(after).isEqualTo("second").isEqualTo(then);
    assertThat(aws.calls()).hasSize(2);
  }

  @Test
  void errorsAreNotRemembered() {
    assertRefused("${ssm:/acme}", "there is no such parameter in this account and region");
    aws.parameter("/acme", CANARY);

    assertThat(resolve("${ssm:/acme}")).isEqualTo(CANARY);
  }

  @Test
  void whatIsWrongWithASecretIsSaidWithoutIt() {
    aws.secret("text", CANARY)
        .secret("list", "[\"%s\"]".formatted(CANARY))
        .secret("blank", " \n")
        .secret("broken", "{\"token\": \"%s\"".formatted(CANARY))
        .secret("json", "{\"token\": {\"x\": \"%s\"}, \"none\": null}".formatted(CANARY))
        .binarySecret("binary", "aHVudGVyMg==");

    assertRefused("${secretsmanager:nowhere}", "there is no such secret in this account");
    assertRefused("${secretsmanager:text#token}", "it is not a JSON object");
    assertRefused("${secretsmanager:list#token}", "it is not a JSON object");
    assertRefused("${secretsmanager:broken#token}", "it is not a JSON object");
    assertRefused("${secretsmanager:json#key}", "its JSON has no key 'key'");
    assertRefused("${secretsmanager:json#token}", "its JSON has no text under 'token'");
    assertRefused("${secretsmanager:json#none}", "it is empty");
    assertRefused("${secretsmanager:blank}", "it is empty");
    assertRefused("${secretsmanager:binary}", "it is binary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${secretsmanager:acme#token}", "${ssm:acme}"})
  void deniedAccessNamesTheActionToAllow(String token) {
    aws.refuse("", 400, "AccessDeniedException", "User: arn:me is not authorized to perform it");

    ConnectorException refusal = refused(token);

    assertThat(refusal.isAccessDenied()).isTrue();
    assertThat(refusal)
        .hasMessageContaining(
            token.startsWith("${ssm") ? "ssm:GetParameter" : "secretsmanager:GetSecretValue")
        .hasMessageContaining("is not authorized");
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequestException, may be marked for deletion",
    "400, DecryptionFailure, DecryptionFailure",
    "400, InvalidParameterException, InvalidParameterException"
  })
  void otherRefusalsAreConfigurationToo(int status, String type, String message) {
    aws.refuse("secretsmanager.", status, type, "You cannot do that");

    assertRefused("${secretsmanager:acme}", message);
  }

  @ParameterizedTest
  @CsvSource({"500, InternalServiceError", "400, ThrottlingException"})
  void serviceThatDoesNotAnswerIsTransient(int status, String type) {
    aws.refuse("AmazonSSM.", status, type, "later");

    assertThat(refused("${ssm:acme}").kind()).isEqualTo(ConnectorException.Kind.TRANSIENT);
    assertThat(aws.calls()).hasSize(3);
  }

  @Test
  void withoutRegionItSaysSo() {
    var variables = new TreeMap<>(variables());
    variables.remove("AWS_REGION");
    var pipeline = pipeline("${ssm:acme}");

    assertThatThrownBy(() -> pipeline.connectionOptions(variables, now, () -> now))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("AWS_REGION");
  }
}
