package dev.sluice.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.log.LogLines;
import dev.sluice.functions.log.LogRecords;
import dev.sluice.functions.log.PlatformInvocation;
import dev.sluice.functions.log.PlatformInvocation.Start;
import dev.sluice.functions.run.InvocationFailedException;
import io.quarkus.funqy.lambda.FunqyStreamHandler;
import io.quarkus.funqy.runtime.ApplicationException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where Lambda calls us. Funqy does not tell its functions how much time is left; this does. What
 * is made here is part of a snapshot that many processes are restored from: no time, no identity,
 * no credentials.
 *
 * <p>Handler: {@code dev.sluice.functions.LambdaHandler::handleRequest}.
 */
public final class LambdaHandler implements RequestStreamHandler {
  private final RequestStreamHandler funqy = new FunqyStreamHandler();
  private final LogLines lines = LogLines.of(System.getenv(), System.out, InstantSource.system());
  private final AtomicReference<Start> next = new AtomicReference<>(Start.COLD);

  public LambdaHandler() {
    // The framework has started by now, and set handlers of its own.
    LogRecords.divertTo(lines);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    var invocation =
        new PlatformInvocation(
            context.getAwsRequestId(),
            () -> Duration.ofMillis(context.getRemainingTimeInMillis()),
            next.getAndSet(Start.WARM));
    PlatformInvocation.begin(invocation);
    try {
      funqy.handleRequest(event, answer, context);
    } catch (Exception e) {
      throw failed(invocation, e);
    } finally {
      PlatformInvocation.end();
    }
  }

  private InvocationFailedException failed(PlatformInvocation invocation, Exception thrown) {
    // Funqy wraps what its functions throw.
    Throwable cause = thrown.getCause();
    Throwable failure = thrown instanceof ApplicationException && cause != null ? cause : thrown;
    lines.write(
        LogLevel.ERROR,
        "Invocation failed",
        Optional.of(invocation),
        line -> LogLines.error(line, failure));
    if (failure instanceof VirtualMachineError unfit) {
      throw unfit; // which ends the process
    }
    return new InvocationFailedException(failure);
  }
}
