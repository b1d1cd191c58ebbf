package dev.sluice.runtime;

import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.ObjectStore;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import java.nio.file.Path;

/** Sites whose lake is in S3 and whose checkpoints are in DynamoDB. */
final class AwsSites implements AutoCloseable {
  private final S3Emulator s3;
  private final DynamoDbEmulator dynamoDb;

  AwsSites() throws Exception {
    s3 = S3Emulator.start();
    dynamoDb = DynamoDbEmulator.start();
  }

  Site of(Path folder) {
    return new Site(lake(folder), checkpoints(folder));
  }

  /** A store with nothing in it. */
  CheckpointStore checkpoints(Path folder) {
    return DynamoDbCheckpoints.in(dynamoDb, lake(folder));
  }

  private ObjectStore lake(Path folder) {
    return new S3ObjectStore(s3.client(), S3Emulator.BUCKET, folder.toString().substring(1) + "/");
  }

  @Override
  public void close() {
    dynamoDb.close();
    s3.close();
  }
}
