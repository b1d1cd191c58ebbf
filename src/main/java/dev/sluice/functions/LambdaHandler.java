package dev.sluice.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.functions.log.LogLevel;
import dev.sluice.functions.log.LogLines;
import dev.sluice.functions.log.LogRecords;
import dev.sluice.functions.log.PlatformInvocation;
import dev.sluice.functions.log.PlatformInvocation.Start;
import dev.sluice.functions.run.InvocationFailedException;
import io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler;
import io.quarkus.funqy.runtime.ApplicationException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The entry point for Lambda. Quarkus does not tell functions how much time is left; this does. It
 * is no {@code RequestStreamHandler} itself: Quarkus looks for those in the application, and finds
 * {@link FunqyHandler}. What is made here is part of a snapshot that many processes are restored
 * from: no time, no identity, no credentials.
 *
 * <p>Handler: {@code dev.sluice.functions.LambdaHandler::handleRequest}.
 *
 * <p>An event passes nine classes on its way to a table:
 *
 * <ol>
 *   <li>{@code LambdaHandler} notes the time that is left, and logs what fails
 *   <li>{@link FunqyHandler} has Funqy parse the JSON and call the function that is exported
 *   <li>{@link EventFunction} or {@link ScheduleFunction} decodes the event and answers it
 *   <li>{@link NudgeProcessor} or {@link SequentialSync} runs pipelines and asks for resumptions
 *   <li>{@link dev.sluice.pipeline.PipelineContext} looks up secrets and opens the stores
 *   <li>{@link dev.sluice.runtime.PipelineSync} gives each table its turn
 *   <li>{@code InvocationConnector} connects, once more when the source refuses the credentials
 *   <li>{@code TableSyncJob} takes the lease and reports
 *   <li>{@code TableSync} reads and commits microbatches
 * </ol>
 */
public final class LambdaHandler {
  private final RequestStreamHandler application = new QuarkusStreamHandler();
  private final LogLines lines = LogLines.of(System.getenv(), System.out, InstantSource.system());
  private final AtomicReference<Start> next = new AtomicReference<>(Start.COLD);

  public LambdaHandler() {
    // By now the framework has started and installed its own handlers.
    LogRecords.divertTo(lines);
  }

  /** Handles an event; Lambda's runtime finds the method by its name and parameters. */
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    var invocation =
        new PlatformInvocation(
            context.getAwsRequestId(),
            () -> Duration.ofMillis(context.getRemainingTimeInMillis()),
            next.getAndSet(Start.WARM));
    PlatformInvocation.begin(invocation);
    try {
      application.handleRequest(event, answer, context);
    } catch (Exception e) {
      throw failed(e);
    } finally {
      PlatformInvocation.end();
    }
  }

  private InvocationFailedException failed(Exception thrown) {
    // Funqy wraps what its functions throw.
    Throwable cause = thrown.getCause();
    Throwable failure = thrown instanceof ApplicationException && cause != null ? cause : thrown;
    lines.write(LogLevel.ERROR, "Invocation failed", line -> LogLines.error(line, failure));
    if (failure instanceof VirtualMachineError unfit) {
      throw unfit; // which ends the process
    }
    return new InvocationFailedException(failure);
  }
}
