package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulation.Exploration.Finding;
import dev.sluice.simulation.LedgerConnector.Source;
import dev.sluice.simulation.SimulatedCheckpoints.Leasing;
import dev.sluice.spi.IngestionType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A simulation that passes everything is untested: it has to find what is wrong with these. */
@Tag("proof")
class BrokenProtocolTest {
  private static final int DEVIATIONS = 3;

  /** A request that lands late meets a later run: alone is who has none of these either. */
  private static final Set<Fate> ALONE = EnumSet.complementOf(EnumSet.of(Fate.STRAY));

  private static final Set<Fate> TOGETHER = EnumSet.allOf(Fate.class);

  /** A run that is killed or fails, and one that goes on with larger microbatches. */
  @ParameterizedTest
  @CsvSource({
    "OFFSET_THEN_DATA, loses",
    "RANDOM_KEY_THEN_OFFSET, repeats",
    "RANDOM_KEY_THEN_OFFSET_IF_UNCHANGED, repeats",
    "KEY_OF_THE_START_OVERWRITING, nothing",
    "KEY_OF_START_AND_END_OVERWRITING, repeats",
    "CREATE_IF_ABSENT_KEEPING_THE_OWN_END, loses",
    "MANIFEST_DELETING_THE_OWN_FILE_WHEN_REFUSED, loses",
    "CREATE_IF_ABSENT_ADOPTING_THE_END_THAT_IS_THERE, nothing"
  })
  void oneInvocationAlone(Protocol protocol, String expected) {
    assertThat(found(protocol, List.of(1), ALONE)).startsWith(expected);
  }

  /** The trap among them passes every test that only kills. */
  @ParameterizedTest
  @CsvSource({
    "OFFSET_THEN_DATA, repeats",
    "RANDOM_KEY_THEN_OFFSET, repeats",
    "RANDOM_KEY_THEN_OFFSET_IF_UNCHANGED, repeats",
    "KEY_OF_THE_START_OVERWRITING, loses",
    "KEY_OF_START_AND_END_OVERWRITING, repeats",
    "CREATE_IF_ABSENT_KEEPING_THE_OWN_END, loses",
    "MANIFEST_DELETING_THE_OWN_FILE_WHEN_REFUSED, loses",
    "CREATE_IF_ABSENT_ADOPTING_THE_END_THAT_IS_THERE, nothing"
  })
  void twoInvocationsThatOverlap(Protocol protocol, String expected) {
    assertThat(found(protocol, List.of(1, 2), TOGETHER)).startsWith(expected);
  }

  private static String found(Protocol protocol, List<Integer> caps, Set<Fate> fates) {
    var exploration =
        new Exploration(
            (plan, transcript) -> ProtocolRun.play(protocol, caps, world(transcript), plan), fates);
    Optional<Finding> finding = exploration.explore(DEVIATIONS);
    System.out.printf(
        "%s by microbatches of %s: %s, after %,d schedules%n",
        protocol,
        caps,
        finding.map(it -> it.violation() + " when " + it.script()).orElse("nothing wrong"),
        exploration.schedules());
    return finding.map(Finding::violation).orElse("nothing");
  }

  private static World world(Transcript transcript) {
    return new World(
        new Source(IngestionType.APPEND, 1, Duration.ofDays(1), false, ""),
        Leasing.OFF,
        transcript);
  }
}
