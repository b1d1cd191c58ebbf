package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.functions.run.FailureText;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.SyncFailedException;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableCounts;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.runtime.report.Timeliness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FunctionResultTest {

  private static FunctionResult failed(TableError.Kind kind) {
    var table =
        new TableReport(
            "issues",
            "issues",
            Ending.of(Outcome.FAILED, new TableError(kind, "it went wrong")),
            TableCounts.NONE,
            Checkpoint.START,
            Checkpoint.START,
            Duration.ZERO,
            Timeliness.UNKNOWN,
            List.of());
    var report = new InvocationReport("acme", "run-1", Invoked.NOW, List.of(table));
    return new FunctionResult(
        JsonNodeFactory.instance.objectNode(),
        List.of(report),
        List.of(),
        FailureText.of(report, List.of()));
  }

  @Test
  void spentHeapEndsTheProcessAndNoOtherFailureDoes() {
    assertThatThrownBy(failed(TableError.Kind.FATAL)::orThrow)
        .as("what Lambda's runtime takes for a reason to end the process")
        .isInstanceOf(VirtualMachineError.class)
        .hasMessage("Pipeline 'acme', run run-1: issues: INTERNAL: it went wrong");
    assertThatThrownBy(failed(TableError.Kind.INTERNAL)::orThrow)
        .isInstanceOf(SyncFailedException.class)
        .hasMessage("Pipeline 'acme', run run-1: issues: INTERNAL: it went wrong");
  }

  @Test
  void answerIsWhatIsLeftWhenNothingFailed() {
    var answer = JsonNodeFactory.instance.objectNode();

    assertThat(new FunctionResult(answer, List.of(), List.of(), Optional.empty()).orThrow())
        .isSameAs(answer);
  }
}
