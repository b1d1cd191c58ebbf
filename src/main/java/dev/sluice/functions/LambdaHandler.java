package dev.sluice.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quarkus.funqy.lambda.FunqyStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Where Lambda calls us. Funqy does not tell its functions how much time is left; this does.
 *
 * <p>Handler: {@code dev.sluice.functions.LambdaHandler::handleRequest}.
 */
public final class LambdaHandler implements RequestStreamHandler {
  private final RequestStreamHandler funqy = new FunqyStreamHandler();

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    PlatformInvocation.begin(
        new PlatformInvocation(
            context.getAwsRequestId(),
            () -> Duration.ofMillis(context.getRemainingTimeInMillis())));
    try {
      funqy.handleRequest(event, answer, context);
    } finally {
      PlatformInvocation.end();
    }
  }
}
