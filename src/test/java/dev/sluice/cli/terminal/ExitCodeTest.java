package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableCounts;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.runtime.report.Timeliness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {

  private static TableReport table(Outcome outcome, Optional<TableError> error) {
    return new TableReport(
        "t",
        "t",
        new Ending(outcome, Optional.empty(), error),
        TableCounts.NONE,
        Checkpoint.START,
        Checkpoint.START,
        Duration.ZERO,
        Timeliness.UNKNOWN,
        List.of());
  }

  private static TableReport failed(TableError.Kind kind) {
    return table(Outcome.FAILED, Optional.of(new TableError(kind, "planted")));
  }

  private static int code(TableReport... tables) {
    return ExitCode.of(new InvocationReport("p", "r", Instant.EPOCH, List.of(tables))).number();
  }

  @ParameterizedTest
  @CsvSource({"CAUGHT_UP, 0", "OUT_OF_TIME, 5", "RATE_LIMITED, 5", "BUSY, 6"})
  void outcomeHasItsCode(Outcome outcome, int code) {
    assertThat(code(table(outcome, Optional.empty()))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION, 2",
    "ACCESS_DENIED, 3",
    "PROTOCOL, 4",
    "TRANSIENT, 5",
    "INTERNAL, 1",
    "FATAL, 1"
  })
  void failureHasTheCodeOfItsKind(TableError.Kind kind, int code) {
    assertThat(code(failed(kind))).isEqualTo(code);
  }

  @Test
  void ofManyTablesTheMostSeriousCounts() {
    var ascending =
        Stream.of(
                table(Outcome.CAUGHT_UP, Optional.empty()),
                table(Outcome.BUSY, Optional.empty()),
                table(Outcome.OUT_OF_TIME, Optional.empty()),
                failed(TableError.Kind.PROTOCOL),
                failed(TableError.Kind.ACCESS_DENIED),
                failed(TableError.Kind.CONFIGURATION),
                failed(TableError.Kind.INTERNAL))
            .toList();

    for (int i = 1; i < ascending.size(); i++) {
      int code = code(ascending.subList(0, i + 1).toArray(TableReport[]::new));
      assertThat(code).isEqualTo(code(ascending.get(i)));
    }
    assertThat(code()).isZero();
  }
}
