package dev.sluice.functions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;

/**
 * How an invocation of a function ended.
 *
 * @param answer what the platform gets when the invocation did not fail
 * @param reports of the pipelines that were run
 * @param problems what went wrong beside the tables: messages that were refused, resumptions that
 *     could not be asked for
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

  /** The answer, or the failure as the platform takes it. */
  public JsonNode orThrow() {
    if (!reports.stream().allMatch(InvocationReport::leavesProcessUsable)) {
      throw new UnfitProcessError(failure.orElse("The process is in no state to go on"));
    }
    failure.ifPresent(
        message -> {
          throw new SyncFailedException(message);
        });
    return answer;
  }
}
