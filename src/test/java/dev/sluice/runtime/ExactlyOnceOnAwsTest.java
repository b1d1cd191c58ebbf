package dev.sluice.runtime;

import dev.sluice.runtime.Kill.Face;
import dev.sluice.runtime.Kill.Moment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills and overlaps with both stores of AWS: fewer of them, as each effect is a request. */
@Tag("aws")
class ExactlyOnceOnAwsTest extends ExactlyOnceTest {
  private static AwsSites sites;

  @BeforeAll
  static void start() throws Exception {
    sites = new AwsSites();
  }

  @AfterAll
  static void stop() {
    sites.close();
  }

  @Override
  Site site(String name) {
    return sites.of(root.resolve(name));
  }

  @Override
  @ParameterizedTest
  @CsvSource({
    "append, KILLED, AFTER",
    "append, UNKNOWN, BEFORE",
    "snapshot, UNKNOWN, AFTER",
    "cdc_with_deletes, KILLED, BEFORE"
  })
  void everyKillIsSurvived(String name, Face face, Moment moment) {
    super.everyKillIsSurvived(name, face, moment);
  }

  @Override
  @ParameterizedTest
  @CsvSource("KILLED, AFTER")
  void everyKillWhileASnapshotReplacesAnotherIsSurvived(Face face, Moment moment) {
    super.everyKillWhileASnapshotReplacesAnotherIsSurvived(face, moment);
  }

  @Override
  @RepeatedTest(6)
  void runsThatDoNotKnowOfEachOtherWriteEachRecordOnce() throws Exception {
    super.runsThatDoNotKnowOfEachOtherWriteEachRecordOnce();
  }

  @Override
  @RepeatedTest(6)
  void snapshotsThatDoNotKnowOfEachOtherArePublishedWhole() throws Exception {
    super.snapshotsThatDoNotKnowOfEachOtherArePublishedWhole();
  }
}
