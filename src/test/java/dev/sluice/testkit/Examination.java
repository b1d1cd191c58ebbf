package dev.sluice.testkit;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.spi.ConnectorException;
import dev.sluice.testkit.Sampling.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/**
 * A check that runs case by case, from simple to complex, and reports its failures once: the
 * simplest case that fails, how many others do, and a guess at the cause.
 *
 * @param trial throws when a case fails
 */
record Examination(
    String connector, String table, Grid grid, Sampling sampling, Consumer<Case> trial) {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

  /** For as long after the first failure others are looked for. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private record Failed(Case failing, Throwable cause, Duration took) {}

  void run() {
    List<Case> cases = sampling.of(grid, table);
    List<Failed> failures = new ArrayList<>();
    List<TestAbortedException> aborted = new ArrayList<>();
    int tried = 0;
    long end = Long.MAX_VALUE;
    for (Case each : cases) {
      if (System.nanoTime() > end) {
        break;
      }
      try {
        failure(each).ifPresent(failures::add);
      } catch (TestAbortedException e) {
        aborted.add(e);
      }
      tried++;
      if (failures.size() == 1 && end == Long.MAX_VALUE) {
        end = System.nanoTime() + PATIENCE.toNanos();
      }
    }
    if (!failures.isEmpty()) {
      throw report(simplest(failures.getFirst()), failures.size(), tried);
    }
    if (!aborted.isEmpty() && aborted.size() == cases.size()) {
      throw aborted.getFirst();
    }
  }

  private Optional<Failed> failure(Case each) {
    long begun = System.nanoTime();
    try {
      assertTimeoutPreemptively(TIME_LIMIT, () -> trial.accept(each), table);
      return Optional.empty();
    } catch (AssertionError | ConnectorException e) {
      return Optional.of(new Failed(each, e, Duration.ofNanos(System.nanoTime() - begun)));
    }
  }

  /**
   * Replaces one choice after another by a simpler one, for as long as the case still fails; a read
   * that hangs is taken as it is.
   */
  private Failed simplest(Failed failed) {
    if (failed.took().compareTo(PATIENCE) > 0) {
      return failed;
    }
    for (Case simpler : grid.simplerThan(failed.failing())) {
      Optional<Failed> fails = failure(simpler);
      if (fails.isPresent()) {
        return simplest(fails.get());
      }
    }
    return failed;
  }

  private AssertionError report(Failed simplest, int failures, int tried) {
    String message = String.valueOf(simplest.cause().getMessage());
    String name = connector + ": " + table;
    String place = simplest.failing().choices().isEmpty() ? "" : " " + simplest.failing();
    // Not every report shows the names of dynamic tests and of the class that inherits them.
    return new AssertionError(
        grid.dimensions().isEmpty()
            ? "[%s] %s".formatted(name, message)
            : "[%s]%s: %s%n  %s%n  %d of %d combinations that ran fail; %s"
                .formatted(
                    name,
                    place,
                    message,
                    Guess.at(simplest.failing(), message).text(),
                    failures,
                    tried,
                    again()),
        simplest.cause());
  }

  private String again() {
    return sampling.extent() == Extent.EVERY_CASE
        ? "every one was to run"
        : "-Dsluice.seed=%d repeats them, -Dsluice.tests=all runs all %d"
            .formatted(sampling.seed(), grid.cases().size());
  }
}
