package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs of chance: everything that a scenario has, in every order.
 *
 * <p>{@code -Dsimulation.seeds=100000} runs that many, from {@code -Dsimulation.first=1} on; {@code
 * -Dsimulation.seed=17} runs one and shows who did what.
 */
@Tag("proof")
class SimulationTest {
  private static final int SEEDS = 2500;

  @Test
  void readersSeeWhatTheSourceHasWhateverHappens() {
    Optional<Long> seed = Optional.ofNullable(Long.getLong("simulation.seed"));
    if (seed.isPresent()) {
      replay(seed.get());
      return;
    }
    long first = Long.getLong("simulation.first", 1);
    int seeds = Integer.getInteger("simulation.seeds", SEEDS);
    long begun = System.nanoTime();
    var sometimes = new Sometimes();

    LongStream.range(first, first + seeds).forEach(each -> run(each, sometimes));

    System.out.printf(
        "%,d seeds from %d in %.1f s%n%s",
        seeds, first, (System.nanoTime() - begun) / 1e9, sometimes);
    assertThat(sometimes.never()).as("what never happened").isEmpty();
  }

  private static void run(long seed, Sometimes sometimes) {
    World world = new Scenario(seed, Transcript.none()).run();
    sometimes.add(world.sometimes());
    if (world.isViolated()) {
      System.out.println(transcript(seed));
      fail(
          "Seed %d: %s%nReplay it with ./sluice test -Dtest=SimulationTest -Dsimulation.seed=%d"
              .formatted(seed, world.violation().orElse(""), seed));
    }
  }

  private static void replay(long seed) {
    var transcript = Transcript.written();
    World world = new Scenario(seed, transcript).run();

    System.out.println(transcript);
    assertThat(world.violation()).isEmpty();
  }

  private static String transcript(long seed) {
    var transcript = Transcript.written();
    new Scenario(seed, transcript).run();
    return transcript.toString();
  }

  @Test
  void sameSeedMakesTheSameRun() {
    for (long seed = 1; seed <= 30; seed++) {
      assertThat(transcript(seed)).isEqualTo(transcript(seed)).contains("run-1");
    }
  }
}
