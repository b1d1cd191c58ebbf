package dev.sluice.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.runtime.lake.CompleteRead;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checkpoints and counts as a damaged store gives them back. */
@Tag("fuzz")
class CheckpointFuzzTest {

  @Test
  void checkpointIsUnderstoodAsAWholeOrRefused() throws Exception {
    Fuzz.run(
        "Checkpoints",
        15_000,
        CheckpointFuzzTest::trial,
        Mutation.and("as it was", "another one", "refused"));
  }

  private static Trial trial(Chance chance) {
    var checkpoint =
        new Checkpoint(
            1 + chance.below(3), chance.below(1000), Offset.parse(JsonGrammar.object(chance, 5)));
    String good = checkpoint.json();
    String input = chance.oneIn(4) ? good : Mutation.damage(List.of(good), chance);
    return new Trial(input, json -> check(json, checkpoint));
  }

  private static String check(String json, Checkpoint original) {
    assertThat(FailureStreak.parse(json, Checkpoint::parse))
        .as("a count is none, if it is damaged")
        .isNotNull();
    assertThat(CompleteRead.parse(json)).isNotNull();
    Checkpoint read;
    try {
      read = Checkpoint.parse(json);
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(json).isNotEqualTo(original.json());
      return "refused";
    }
    assertThat(Checkpoint.parse(read.json())).isEqualTo(read);
    // what it says stands there as it is
    assertThat(json)
        .contains(Integer.toString(read.generation()))
        .contains(Long.toString(read.sequence()));
    if (json.equals(original.json())) {
      assertThat(read).isEqualTo(original);
    }
    return read.equals(original) ? "as it was" : "another one";
  }
}
