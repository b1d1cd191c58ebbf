package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulation.Cast.Reset;
import dev.sluice.simulation.Cast.Setting;
import dev.sluice.simulation.Exploration.Trial;
import dev.sluice.simulation.LedgerConnector.Source;
import dev.sluice.simulation.SimulatedCheckpoints.Leasing;
import dev.sluice.simulation.Stage.Role;
import dev.sluice.spi.IngestionType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every schedule of two actors and three records with few deviations, without leases: {@code
 * -Dsimulation.deviations=3} tries more of them.
 */
@Tag("proof")
class ExhaustiveTest {
  private static final Duration AGO = Duration.ofMinutes(20);
  private static final int DEVIATIONS = Integer.getInteger("simulation.deviations", 0);

  /** Who shares a world. */
  private interface Casting {
    List<Role> of(Cast cast);
  }

  /** Microbatches of different sizes: the end of one run's is in the middle of the other's. */
  @ParameterizedTest
  @CsvSource({
    "APPEND, 1, 2, 2",
    "APPEND, 2, 1, 1",
    "CDC, 1, 2, 1",
    "CDC_WITH_DELETES, 1, 2, 1",
    "CDC_WITH_DELETES, 2, 1, 1",
    "SNAPSHOT, 1, 2, 1",
    "SNAPSHOT, 2, 1, 1"
  })
  void twoInvocationsDeliverThreeRecordsOnce(
      IngestionType type, int cap, int other, int deviations) {
    explore(
        "%s by microbatches of %d and %d".formatted(type, cap, other),
        trial(
            type,
            cast ->
                List.of(
                    cast.invocation(Setting.ofCap(cap)), cast.invocation(Setting.ofCap(other)))),
        deviations);
  }

  @ParameterizedTest
  @EnumSource(Reset.class)
  void resetOfASnapshotMeetsARun(Reset reset) {
    meet(IngestionType.SNAPSHOT, reset);
  }

  @ParameterizedTest
  @EnumSource(Reset.class)
  void resetOfAGrowingTableMeetsARun(Reset reset) {
    meet(IngestionType.CDC_WITH_DELETES, reset);
  }

  private static void meet(IngestionType type, Reset reset) {
    explore(
        "%s and a reset %s".formatted(type, reset),
        trial(type, cast -> List.of(cast.operator(reset), cast.invocation(Setting.ofCap(2)))),
        1);
  }

  private static void explore(String what, Trial trial, int deviations) {
    long begun = System.nanoTime();
    var exploration = Exploration.of(trial);

    var finding = exploration.explore(Math.max(deviations, DEVIATIONS));

    System.out.printf(
        "%s: %,d schedules in %.1f s%n",
        what, exploration.schedules(), (System.nanoTime() - begun) / 1e9);
    finding.ifPresent(found -> System.out.println(found.transcript()));
    assertThat(finding.map(found -> found.script() + ": " + found.violation())).isEmpty();
  }

  private static Trial trial(IngestionType type, Casting casting) {
    return (plan, transcript) -> {
      var source = new Source(type, 2, Duration.ofDays(1), false, "");
      var world = new World(source, Leasing.OFF, transcript);
      IntStream.rangeClosed(1, 3).forEach(id -> world.ledger().put(id, world.now().minus(AGO)));
      if (type == IngestionType.CDC_WITH_DELETES) {
        world.ledger().put(4, world.now().minus(AGO));
        world.ledger().delete(4, world.now().minus(AGO));
      }
      var stage = new Stage(plan, world);
      stage.play(casting.of(new Cast(world, stage)));
      world.converge();
      return world.violation();
    };
  }

  @Test
  void straightRunIsOneSchedule() {
    var exploration =
        Exploration.of(
            trial(IngestionType.APPEND, cast -> List.of(cast.invocation(Setting.ofCap(1)))));

    assertThat(exploration.explore(0)).isEmpty();
    assertThat(exploration.schedules()).isEqualTo(1);
  }
}
