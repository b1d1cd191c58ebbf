package dev.sluice.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Sampling;
import dev.sluice.testkit.Sampling.Extent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kit is worth what it finds. {@code -Dsluice.planted.seeds=50} tries the samples of so many
 * seeds, from {@code -Dsluice.seed} on.
 */
@Tag("kit")
class PlantedBugTest {
  private static final int SEEDS = Integer.getInteger("sluice.planted.seeds", 1);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void checkFindsTheBugThatItIsMeantFor(Bug bug) {
    long first = Sampling.chosen(1).seed();
    List<Long> missed = new ArrayList<>();
    for (long seed = first; seed < first + SEEDS; seed++) {
      if (new Planted(bug, new Sampling(seed, Extent.EVERY_PAIR)).found().isEmpty()) {
        missed.add(seed);
      }
    }

    assertThat(missed).as("seeds whose sample of %s misses the bug", bug.check()).isEmpty();
  }
}
