package dev.sluice.runtime;

import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.local.LocalCheckpointStore;
import java.nio.file.Path;

/** Sites whose lake is in S3; their checkpoints are in a folder as ever. */
final class BucketSites implements AutoCloseable {
  private final S3Emulator s3;

  BucketSites() throws Exception {
    s3 = S3Emulator.start();
  }

  Site of(Path folder) {
    String prefix = folder.toString().substring(1) + "/";
    return new Site(
        new S3ObjectStore(s3.client(), S3Emulator.BUCKET, prefix),
        new LocalCheckpointStore(folder.resolve(".sluice")));
  }

  @Override
  public void close() {
    s3.close();
  }
}
