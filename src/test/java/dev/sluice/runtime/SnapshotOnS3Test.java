package dev.sluice.runtime;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Snapshots in S3. */
class SnapshotOnS3Test extends SnapshotTest {
  private static BucketSites sites;

  @BeforeAll
  static void start() throws Exception {
    sites = new BucketSites();
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
