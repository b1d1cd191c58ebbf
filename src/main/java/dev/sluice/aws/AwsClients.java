package dev.sluice.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Makes clients of AWS services as the environment says: region, credentials, and the endpoint
 * overrides that every AWS SDK knows ({@code AWS_ENDPOINT_URL}, {@code AWS_ENDPOINT_URL_S3}, ...).
 * Keep a client once it is made, but make none at start-up in a process that may be frozen and
 * restored before its first invocation: a client finds its credentials when it is made.
 */
public final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * The longest wait for a service that usually responds in milliseconds, so that a silent one does
   * not use up the invocation's time.
   */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /**
   * The longest wait for S3, which may be slow on a large object; not longer than the last commit
   * may take.
   */
  private static final Duration SILENCE_OF_S3 = Duration.ofSeconds(10);

  private final Map<String, String> variables;

  /**
   * @param variables the environment of the process
   */
  public AwsClients(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * Returns a client of S3. With an overridden endpoint, the bucket is in the path: emulators have
   * no host names for buckets.
   */
  public S3Client s3() {
    return configure(S3Client.builder(), "S3", SILENCE_OF_S3)
        .forcePathStyle(endpoint("S3").isPresent())
        .build();
  }

  public DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder(), "DYNAMODB", SILENCE).build();
  }

  public SqsClient sqs() {
    return configure(SqsClient.builder(), "SQS", SILENCE).build();
  }

  public SchedulerClient scheduler() {
    return configure(SchedulerClient.builder(), "SCHEDULER", SILENCE).build();
  }

  public SecretsManagerClient secretsManager() {
    return configure(SecretsManagerClient.builder(), "SECRETS_MANAGER", SILENCE).build();
  }

  public SsmClient ssm() {
    return configure(SsmClient.builder(), "SSM", SILENCE).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, String service, Duration silence) {
    builder
        .httpClientBuilder(
            defaults ->
                new JdkConnections(
                    UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(silence)
                        .buildWithDefaults(defaults)))
        .credentialsProvider(credentials())
        .overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD));
    variable("AWS_REGION")
        .or(() -> variable("AWS_DEFAULT_REGION"))
        .ifPresent(region -> builder.region(Region.of(region)));
    endpoint(service).ifPresent(builder::endpointOverride);
    return builder;
  }

  private Optional<URI> endpoint(String service) {
    return variable("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT))
        .or(() -> variable("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }

  private AwsCredentialsProvider credentials() {
    return variable("AWS_ACCESS_KEY_ID")
        .<AwsCredentialsProvider>map(this::fromEnvironment)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private AwsCredentialsProvider fromEnvironment(String accessKey) {
    String secretKey = variable("AWS_SECRET_ACCESS_KEY").orElse("");
    return StaticCredentialsProvider.create(
        variable("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(token -> AwsSessionCredentials.create(accessKey, secretKey, token))
            .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey)));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
