package dev.sluice.aws;

import dev.sluice.spi.ConnectorException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Tells what a failed call to the table of checkpoints means, and what to do about it. */
record DynamoDbFailures(String table) {
  static final String READ = "dynamodb:GetItem";
  static final String WRITE = "dynamodb:UpdateItem";

  /** Returns the error for a call that changes nothing, or does no harm when it is made again. */
  ConnectorException of(String action, SdkException failure) {
    return failure instanceof ResourceNotFoundException
        ? ConnectorException.configuration(
            "There is no DynamoDB table '%s' in this account and region: correct SLUICE_CHECKPOINT_TABLE or AWS_REGION, or create it with the partition key 'pipeline' and the sort key 'table_flow', both texts"
                .formatted(table),
            failure)
        : AwsFailures.of(action, target(), failure);
  }

  /**
   * Returns the error for a compare-and-set, which must not be treated as one that did not happen.
   */
  RuntimeException ofReplace(SdkException failure) {
    return AwsFailures.mayHaveHappened(failure)
        ? AwsFailures.unknown(WRITE, target(), failure)
        : of(WRITE, failure);
  }

  private String target() {
    return "DynamoDB table '%s'".formatted(table);
  }
}
