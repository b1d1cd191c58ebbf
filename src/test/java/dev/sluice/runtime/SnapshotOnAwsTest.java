package dev.sluice.runtime;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Snapshots in S3, with checkpoints in DynamoDB. */
@Tag("aws")
class SnapshotOnAwsTest extends SnapshotTest {
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
  Site site() {
    return sites.of(root);
  }
}
