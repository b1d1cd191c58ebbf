package dev.sluice.aws;

import java.util.Optional;

/**
 * Names a secret that AWS keeps.
 *
 * @param id a name or an ARN
 * @param jsonKey the entry to use, of a secret that is a JSON object
 */
public record AwsSecret(Service service, String id, Optional<String> jsonKey) {

  /** The service that keeps the secret. */
  public enum Service {
    SECRETS_MANAGER,
    PARAMETER_STORE
  }

  public static AwsSecret ofSecretsManager(String id, Optional<String> jsonKey) {
    return new AwsSecret(Service.SECRETS_MANAGER, id, jsonKey);
  }

  public static AwsSecret ofParameterStore(String name) {
    return new AwsSecret(Service.PARAMETER_STORE, name, Optional.empty());
  }

  /** Returns the whole secret that this is an entry of. */
  AwsSecret whole() {
    return new AwsSecret(service, id, Optional.empty());
  }
}
