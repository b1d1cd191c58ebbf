package dev.sluice.runtime;

import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.Kill.Face;
import dev.sluice.runtime.Kill.Moment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills and overlaps with checkpoints in DynamoDB: fewer of them, as each effect is a request. */
class ExactlyOnceOnDynamoDbTest extends ExactlyOnceTest {
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
    var lake = new LocalObjectStore(folder);
    return new Site(lake, DynamoDbCheckpoints.in(dynamoDb, lake));
  }

  @Override
  @ParameterizedTest
  @CsvSource({
    "append, KILLED, BEFORE",
    "append, UNKNOWN, AFTER",
    "snapshot, UNKNOWN, BEFORE",
    "cdc_with_deletes, KILLED, AFTER"
  })
  void everyKillIsSurvived(String name, Face face, Moment moment) {
    super.everyKillIsSurvived(name, face, moment);
  }

  @Override
  @ParameterizedTest
  @CsvSource("UNKNOWN, AFTER")
  void everyKillWhileASnapshotReplacesAnotherIsSurvived(Face face, Moment moment) {
    super.everyKillWhileASnapshotReplacesAnotherIsSurvived(face, moment);
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
