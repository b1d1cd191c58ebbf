package dev.sluice.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guess at the cause of a failure.
 *
 * @param needed what the simplest failing case cannot do without
 * @param symptom a word of the failure; empty for any
 */
record Guess(Set<Trait> needed, String symptom, String text) {

  /** The first that fits is taken. */
  private static final List<Guess> ALL =
      List.of(
          new Guess(
              EnumSet.of(Trait.LATER_MOMENT),
              "lost",
              "fails only when the source changes between two requests of a read: are pages counted"
                  + " by number, so that a record that moves pulls others over the edge of a page?"),
          new Guess(
              EnumSet.of(Trait.LATER_MOMENT),
              "",
              "fails only from a later request on: is the first page handled in another way than"
                  + " those behind it?"),
          new Guess(
              EnumSet.of(Trait.TIES, Trait.CAP),
              "",
              "fails only where a batch ends among records of one cursor value: does the offset"
                  + " remember which of them were delivered, and is the lower bound inclusive?"),
          new Guess(
              EnumSet.of(Trait.TIES, Trait.SEVERAL_PAGES),
              "",
              "fails only where a page ends among records of one cursor value: is the lower bound"
                  + " of the next page exclusive, or a page among them left out?"),
          new Guess(
              EnumSet.of(Trait.TIES),
              "",
              "fails only where cursor values are equal: is the lower bound exclusive?"),
          new Guess(
              EnumSet.of(Trait.NEAR_NEIGHBOURS),
              "",
              "fails only where cursor values are as near as the source can tell apart: is a"
                  + " fraction of a second cut off?"),
          new Guess(
              EnumSet.of(Trait.LOOKBACK, Trait.CAP),
              "",
              "fails only where a batch ends inside the lookback: does the offset remember what was"
                  + " delivered there, so that the next batch goes on behind it?"),
          new Guess(
              EnumSet.of(Trait.LOOKBACK),
              "",
              "fails only with a lookback: is it subtracted from the cursor that is saved, and not"
                  + " only from the bound that is asked for?"),
          new Guess(
              EnumSet.of(Trait.CAP, Trait.SEVERAL_PAGES),
              "",
              "fails only where the cap cuts a page: does the offset lie behind records of the page"
                  + " that were not delivered?"),
          new Guess(
              EnumSet.of(Trait.CAP),
              "",
              "fails only with a cap: does the offset of a batch lie behind records that were not"
                  + " delivered?"),
          new Guess(
              EnumSet.of(Trait.SEVERAL_PAGES),
              "",
              "fails only where there are several pages: is one left out, or the last one taken for"
                  + " the end too early?"),
          new Guess(
              EnumSet.of(Trait.SEVERAL_RECORDS),
              "",
              "fails only with more than one record: look at what one read keeps in mind."),
          new Guess(
              EnumSet.noneOf(Trait.class),
              "",
              "fails in the simplest case: look at a single request before paging and batches."));

  /** Guesses why a case fails that has no simpler one that fails too. */
  static Guess at(Case simplest, String failure) {
    Set<Trait> traits = simplest.traits();
    Optional<Guess> guess =
        ALL.stream()
            .filter(each -> traits.containsAll(each.needed()))
            .filter(each -> failure.contains(each.symptom()))
            .findFirst();
    return guess.orElseThrow();
  }
}
