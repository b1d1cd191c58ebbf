package dev.sluice.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

/**
 * Looks up secrets of AWS Secrets Manager and parameters of the SSM Parameter Store when they are
 * needed, and remembers them in this process. May be used from any thread.
 */
public final class AwsSecrets {
  private final Supplier<SecretsManagerClient> secretsManager;
  private final Supplier<SsmClient> ssm;
  private final ConcurrentMap<AwsSecret, Remembered> remembered = new ConcurrentHashMap<>();

  AwsSecrets(Supplier<SecretsManagerClient> secretsManager, Supplier<SsmClient> ssm) {
    this.secretsManager = secretsManager;
    this.ssm = ssm;
  }

  /** A value and when it was looked up; does not print the value. */
  private record Remembered(String value, Instant since) {
    @Override
    public String toString() {
      return "since " + since;
    }
  }

  /**
   * Returns the secret's value: the remembered one when it was looked up after an instant, or else
   * the value now.
   *
   * @throws ConnectorException that says what is wrong and what to do, and names neither the secret
   *     nor its value; of kind {@code TRANSIENT} when AWS does not respond
   */
  public String find(AwsSecret secret, Instant after, InstantSource clock) {
    String whole = whole(secret.whole(), after, clock);
    String value = secret.jsonKey().map(key -> entry(whole, key)).orElse(whole).strip();
    if (value.isEmpty()) {
      throw ConnectorException.configuration("it is empty; give it a value");
    }
    return value;
  }

  private String whole(AwsSecret secret, Instant after, InstantSource clock) {
    Optional<Remembered> known =
        Optional.ofNullable(remembered.get(secret)).filter(found -> found.since().isAfter(after));
    if (known.isPresent()) {
      return known.get().value();
    }
    Instant now = clock.instant();
    String value =
        switch (secret.service()) {
          case SECRETS_MANAGER -> secret(secret.id());
          case PARAMETER_STORE -> parameter(secret.id());
        };
    remembered.put(secret, new Remembered(value, now));
    return value;
  }

  private String secret(String id) {
    try {
      String text =
          secretsManager.get().getSecretValue(request -> request.secretId(id)).secretString();
      return Optional.ofNullable(text)
          .orElseThrow(
              () -> ConnectorException.configuration("it is binary; store the secret as text"));
    } catch (ResourceNotFoundException e) {
      throw ConnectorException.configuration(
          "there is no such secret in this account and region, or it has no value yet; create it, or correct the name or AWS_REGION",
          e);
    } catch (InvalidRequestException e) {
      throw ConnectorException.configuration(
          "the secret cannot be read in its present state; it may be marked for deletion: restore it, or name another",
          e);
    } catch (SdkException e) {
      throw AwsFailures.of("secretsmanager:GetSecretValue", "it", e);
    }
  }

  private String parameter(String name) {
    try {
      return ssm.get()
          .getParameter(request -> request.name(name).withDecryption(true))
          .parameter()
          .value();
    } catch (ParameterNotFoundException | ParameterVersionNotFoundException e) {
      throw ConnectorException.configuration(
          "there is no such parameter in this account and region; create it, or correct the name or AWS_REGION",
          e);
    } catch (SdkException e) {
      throw AwsFailures.of("ssm:GetParameter", "it", e);
    }
  }

  private static String entry(String whole, String key) {
    JsonNode json;
    try {
      json = JsonText.read(whole);
    } catch (JsonProcessingException e) {
      // No cause: it may repeat what it could not read.
      throw notAnObject(key);
    }
    if (!json.isObject()) {
      throw notAnObject(key);
    }
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      throw ConnectorException.configuration(
          "its JSON has no key '%s'; correct what is behind the '#', or the secret".formatted(key));
    }
    if (value.isNull()) {
      return "";
    }
    if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
      throw ConnectorException.configuration("its JSON has no text under '%s'".formatted(key));
    }
    return value.asText();
  }

  private static ConnectorException notAnObject(String key) {
    return ConnectorException.configuration(
        "it is not a JSON object, so there is no key '%s' in it; remove what is behind the secret's name, or correct the secret"
            .formatted(key));
  }
}
