package dev.sluice.runtime;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.local.LocalObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Checkpoints in DynamoDB that were lost or are old. */
class RecoveryOnDynamoDbTest extends RecoveryTest {
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
  Site site(Path folder) {
    return new Site(new LocalObjectStore(folder), otherCheckpoints());
  }

  @Override
  CheckpointStore otherCheckpoints() {
    return DynamoDbCheckpoints.in(dynamoDb, new LocalObjectStore(root));
  }
}
