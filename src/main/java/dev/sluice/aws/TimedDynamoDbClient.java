package dev.sluice.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A client of DynamoDB, as far as checkpoints need it, whose calls end in time. */
record TimedDynamoDbClient(DynamoDbClient client, CallTimeLimit limit) implements DynamoDbClient {

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return limit.call(() -> client.getItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return limit.call(() -> client.updateItem(request));
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }
}
