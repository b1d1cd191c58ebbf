package dev.sluice.aws;

import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3ObjectStoreTest extends ObjectStoreContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static S3Emulator s3;

  private final String prefix = "test-%d/".formatted(TESTS.incrementAndGet());

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Override
  protected ObjectStore store() {
    return new S3ObjectStore(s3.client(), S3Emulator.BUCKET, prefix);
  }
}
