package dev.sluice.proof.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Halts the packaged program and the packaged function at failpoints, lets another run follow, and
 * compares the lake with the source. A straight run tells which failpoints there are.
 *
 * <p>{@code -Dproof.failpoints=all} halts at all of them; a number, at so many of each kind of run,
 * chosen by {@code proof.seed}. {@code -Dproof.kinds=FUNCTION on AWS} takes only what begins so.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's Java runtime is made for Linux")
class FailpointTest {
  private static final String HALTS = System.getProperty("proof.failpoints", "1");
  private static final String KINDS = System.getProperty("proof.kinds", "");
  private static final long SEED = Long.getLong("proof.seed", 42);

  @TempDir Path folder;

  @Test
  void haltAtAnyStepLosesAndDoublesNothing() throws Exception {
    var random = new Random(SEED);
    var fired = new EnumMap<Store, Set<String>>(Store.class);
    try (var shop = new Shop();
        var workshop = new Workshop(folder)) {
      for (Kind kind : Kind.all()) {
        if (!kind.toString().startsWith(KINDS)) {
          continue;
        }
        List<Failpoint> failpoints = new Rehearsal(shop, workshop, kind).straightRun();
        Set<String> of = fired.computeIfAbsent(kind.store(), store -> new HashSet<>());
        failpoints.forEach(each -> of.add(each.side() + " " + each.step()));
        List<Failpoint> chosen = chosen(failpoints, random);
        int halted = 0;
        for (Failpoint failpoint : chosen) {
          halted += new Rehearsal(shop, workshop, kind).haltAt(failpoint) == Ending.HALTED ? 1 : 0;
        }
        System.out.printf(
            "%s: halted at %d of %d failpoints, none lost, none doubled%n",
            kind, halted, failpoints.size());
        // A request that is repeated in one run and not in the other moves those behind it.
        assertThat(chosen.size() - halted).as("%s: not reached", kind).isLessThan(5);
      }
    }

    assertThat(fired).isNotEmpty();
    for (Map.Entry<Store, Set<String>> each : fired.entrySet()) {
      assertThat(each.getValue())
          .as("failpoints that fired on %s", each.getKey())
          .isEqualTo(all(each.getKey()));
    }
  }

  private static Set<String> all(Store store) {
    var all = new HashSet<String>();
    for (Step step : Step.values()) {
      if (step.isOf(store)) {
        step.sides().forEach(side -> all.add(side + " " + step));
      }
    }
    return all;
  }

  private static List<Failpoint> chosen(List<Failpoint> failpoints, Random random) {
    if (HALTS.equals("all")) {
      return failpoints;
    }
    var shuffled = new ArrayList<>(failpoints);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Integer.parseInt(HALTS));
  }
}
