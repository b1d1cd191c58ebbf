package dev.sluice.lambda;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.JsonServices;
import dev.sluice.aws.emulator.S3Emulator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the functions find in an account: a bucket with pipeline files and the lake, a table,
 * parameters.
 */
public final class Account implements AutoCloseable {
  private final JsonServices parameters = JsonServices.start();
  private final S3Emulator s3;
  private final DynamoDbEmulator dynamoDb;

  public Account() throws Exception {
    s3 = S3Emulator.start();
    dynamoDb = DynamoDbEmulator.start();
  }

  /** The environment that a deployment gives its functions, and where the emulators are. */
  public Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    environment.put("SLUICE_PIPELINES", "s3://" + S3Emulator.BUCKET + "/config/");
    environment.put("SLUICE_CHECKPOINT_TABLE", DynamoDbEmulator.TABLE);
    environment.put("AWS_ENDPOINT_URL_SSM", parameters.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
    return environment;
  }

  /** A parameter that pipeline files name as {@code ${ssm:NAME}}. */
  public Account parameter(String name, String value) {
    parameters.parameter(name, value);
    return this;
  }

  /** For its bucket. */
  public S3Client s3() {
    return s3.client();
  }

  /** Deploys a pipeline into the lake below {@code lake/}. */
  public BucketLake deploy(String name, String yaml) {
    String file =
        """
        name: %s
        destination:
          uri: s3://%s/lake
        %s
        """
            .formatted(name, S3Emulator.BUCKET, yaml);
    s3.client()
        .putObject(
            request -> request.bucket(S3Emulator.BUCKET).key("config/" + name + ".yaml"),
            RequestBody.fromString(file));
    return new BucketLake(s3.client(), S3Emulator.BUCKET, "lake/" + name + "/");
  }

  /** All of a table of DynamoDB. */
  List<Map<String, AttributeValue>> items() {
    return dynamoDb.client().scan(request -> request.tableName(DynamoDbEmulator.TABLE)).items();
  }

  /** As if the time of all leases were over, whoever holds them. */
  public void endLeases() {
    var past = AttributeValue.fromS("2000-01-01T00:00:00.000Z");
    for (var item : items()) {
      if (item.containsKey("lease_until")) {
        dynamoDb
            .client()
            .updateItem(
                request ->
                    request
                        .tableName(DynamoDbEmulator.TABLE)
                        .key(
                            Map.of(
                                "pipeline", item.get("pipeline"),
                                "table_flow", item.get("table_flow")))
                        .updateExpression("SET lease_until = :past")
                        .expressionAttributeValues(Map.of(":past", past)));
      }
    }
  }

  @Override
  public void close() {
    parameters.close();
    dynamoDb.close();
    s3.close();
  }
}
