package dev.sluice.runtime;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Lost checkpoints are recovered from S3 alone. */
class RecoveryOnS3Test extends RecoveryTest {
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
