package dev.sluice.runtime;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.local.LocalObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** The same with checkpoints in DynamoDB. */
class ExactlyOnceWithDynamoDbTest extends ExactlyOnceTest {
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
  Site site(String name) {
    var lake = new LocalObjectStore(root.resolve(name));
    return new Site(lake, DynamoDbCheckpoints.in(dynamoDb, lake));
  }

  @Override
  @RepeatedTest(5)
  void runsThatDoNotKnowOfEachOtherWriteEachRecordOnce() throws Exception {
    super.runsThatDoNotKnowOfEachOtherWriteEachRecordOnce();
  }

  @Override
  @RepeatedTest(5)
  void snapshotsThatDoNotKnowOfEachOtherArePublishedWhole() throws Exception {
    super.snapshotsThatDoNotKnowOfEachOtherArePublishedWhole();
  }
}
