package dev.sluice.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Sampling;
import dev.sluice.testkit.Sampling.Extent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that fails says in which simplest case, and what that may mean. */
@Tag("kit")
class KitReportTest {
  private static final Sampling SAMPLE = new Sampling(4711, Extent.EVERY_PAIR);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXCLUSIVE_LOWER_BOUND | all equal, lookback 0, pages of 3, no cap | next page exclusive",
        "CUT_INSIDE_TIES | all distinct, large lookback, full pages, cap 7 | inside the lookback",
        "LOST_PAGE | all equal, lookback 0, pages of 3, no cap | a page among them left out",
        "PAGE_SHIFT_IGNORED | all distinct, first record updated, no cap | counted by number",
        "SWALLOWED_500 | 429, no cap, at the first request | in the simplest case"
      })
  void simplestFailingCaseIsReportedWithAGuess(Bug bug, String simplest, String guess) {
    assertThat(new Planted(bug, SAMPLE).found())
        .hasValueSatisfying(message -> assertThat(message).contains(simplest, guess));
  }

  @Test
  void seedAndNumbersOfFailuresAreReported() {
    assertThat(new Planted(Bug.CUT_INSIDE_TIES, SAMPLE).found())
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .containsPattern("\\d+ of \\d+ combinations that ran fail")
                    .contains("-Dsluice.seed=4711", "-Dsluice.tests=all runs all 210"));
  }
}
