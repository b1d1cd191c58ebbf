package dev.sluice.aws;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The AWS services that this process uses. A client is made when an invocation first needs it,
 * never at start-up, because a snapshot of the process would contain it. Clients are kept; secrets
 * are kept for some minutes. May be used from any thread.
 */
public final class AwsServices {
  private static final ConcurrentMap<Map<String, String>, AwsServices> OF_PROCESS =
      new ConcurrentHashMap<>();

  private final Supplier<S3Client> s3;
  private final Supplier<DynamoDbClient> dynamoDb;
  private final AwsSecrets secrets;

  private AwsServices(AwsClients clients) {
    this(
        once(clients::s3),
        once(clients::dynamoDb),
        new AwsSecrets(once(clients::secretsManager), once(clients::ssm)));
  }

  private AwsServices(
      Supplier<S3Client> s3, Supplier<DynamoDbClient> dynamoDb, AwsSecrets secrets) {
    this.s3 = s3;
    this.dynamoDb = dynamoDb;
    this.secrets = secrets;
  }

  /**
   * Returns the services of the account, the region and the endpoints that the environment names.
   *
   * @param variables the environment of the process
   */
  public static AwsServices of(Map<String, String> variables) {
    var own = new TreeMap<>(variables);
    own.keySet().removeIf(name -> !name.startsWith("AWS_"));
    return OF_PROCESS.computeIfAbsent(Map.copyOf(own), key -> new AwsServices(new AwsClients(key)));
  }

  /** Returns the same services, whose stores respond before the time of a run is over, or fail. */
  public AwsServices within(Deadline deadline, InstantSource clock) {
    var limit = new CallTimeLimit(deadline, clock);
    return new AwsServices(
        () -> new TimedS3Client(s3.get(), limit),
        () -> new TimedDynamoDbClient(dynamoDb.get(), limit),
        secrets);
  }

  private static <T> Supplier<T> once(Supplier<T> client) {
    return new Lazy<>(
        () -> {
          try {
            return client.get();
          } catch (SdkClientException e) {
            throw ConnectorException.configuration(
                "AWS cannot be called: %s. Set AWS_REGION".formatted(reason(e)), e);
          }
        });
  }

  /**
   * Returns the reason, in plain words for a missing region: the SDK has no type for it, and its
   * text lists internal objects.
   */
  private static String reason(SdkClientException failure) {
    String text = String.valueOf(failure.getMessage());
    return text.startsWith("Unable to load region")
        ? "there is no region in the environment or the profile"
        : text;
  }

  /** Returns the process' own client; nobody closes it. */
  public S3Client s3() {
    return s3.get();
  }

  /**
   * Returns the store of a bucket's objects.
   *
   * @param prefix empty, or with a {@code /} at its end
   */
  public ObjectStore objects(String bucket, String prefix) {
    return new S3ObjectStore(s3.get(), bucket, prefix);
  }

  /**
   * Returns the store of the checkpoints in a DynamoDB table.
   *
   * @param lake where the records are, such as {@code s3://bucket/prefix}
   * @param offsets where offsets go that are too large for an item
   */
  public CheckpointStore checkpoints(
      String table, String lake, OffsetObjects offsets, InstantSource clock) {
    return new DynamoDbCheckpointStore(dynamoDb.get(), table, lake, offsets, clock);
  }

  public AwsSecrets secrets() {
    return secrets;
  }
}
