package dev.sluice.aws;

import java.util.function.Function;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A client of S3 whose calls end when the time of an invocation is over. */
final class TimedS3Client extends DelegatingS3Client {
  private final CallTimeLimit limit;

  TimedS3Client(S3Client client, CallTimeLimit limit) {
    super(client);
    this.limit = limit;
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    return limit.call(() -> operation.apply(request));
  }
}
