package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Checkpoints in DynamoDB that were lost or are old are recovered from S3 alone. */
@Tag("aws")
class RecoveryOnAwsTest extends RecoveryTest {
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

  @Override
  CheckpointStore otherCheckpoints() {
    return sites.checkpoints(root);
  }
}
