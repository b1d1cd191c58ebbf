package dev.sluice.functions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;

/**
 * The result of an invocation of a function.
 *
 * @param answer what the platform gets when the invocation did not fail
 * @param reports of the pipelines that were run
 * @param problems what went wrong apart from the tables: messages that were refused, resumptions
 *     that could not be requested
 * @param failure why the invocation as a whole failed
 */
public record FunctionResult(
    JsonNode answer,
    List<InvocationReport> reports,
    List<ConnectorException> problems,
    Optional<String> failure) {

  public FunctionResult {
    reports = List.copyOf(reports);
    problems = List.copyOf(problems);
  }

  /** Returns the failure as a problem that tells who must act. */
  public static ConnectorException problem(RuntimeException failure) {
    return failure instanceof ConnectorException known
        ? known
        : ConnectorException.transientFailure(String.valueOf(failure.getMessage()), failure);
  }

  /** Returns the response, or throws the failure in the form that the platform expects. */
  public JsonNode orThrow() {
    if (!reports.stream().allMatch(InvocationReport::leavesProcessUsable)) {
      throw new UnfitProcessError(failure.orElse("The process cannot go on"));
    }
    failure.ifPresent(
        message -> {
          throw new SyncFailedException(message);
        });
    return answer;
  }
}
