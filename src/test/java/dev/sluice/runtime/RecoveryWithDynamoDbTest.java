package dev.sluice.runtime;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.local.LocalObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with checkpoints in DynamoDB. */
class RecoveryWithDynamoDbTest extends RecoveryTest {
  private static DynamoDbEmulator dynamoDb;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbEmulator.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @Override
  Site site() {
    return new Site(new LocalObjectStore(root), otherCheckpoints());
  }

  @Override
  CheckpointStore otherCheckpoints() {
    return DynamoDbCheckpoints.in(dynamoDb, new LocalObjectStore(root));
  }
}
