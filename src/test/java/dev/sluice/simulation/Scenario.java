package dev.sluice.simulation;

import dev.sluice.lake.Compression;
import dev.sluice.simulation.Cast.Reset;
import dev.sluice.simulation.Cast.Setting;
import dev.sluice.simulation.LedgerConnector.Source;
import dev.sluice.simulation.SimulatedCheckpoints.Leasing;
import dev.sluice.simulation.Stage.Role;
import dev.sluice.spi.IngestionType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What one seed makes: a source, and waves of invocations that overlap each other, the source's
 * users, an operator and disasters; in the end everything rests and has to converge.
 */
final class Scenario {
  private static final int MOST_WAVES = 3;
  private static final int MOST_RUNS = 3;
  private static final int MOST_CHANGES = 5;
  private static final int IDS = 8;
  private static final String LARGE = "x".repeat(1100);

  private final Random random;
  private final World world;
  private final boolean changes;
  private final boolean isSnapshot;
  private int added;

  Scenario(long seed, Transcript transcript) {
    // Neighbouring seeds of a Random begin alike.
    this.random = new Random(new SplittableRandom(seed).nextLong());
    var type = one(IngestionType.values());
    var source =
        new Source(
            type,
            1 + random.nextInt(4),
            one(Duration.ofMinutes(20), Duration.ofDays(1), Duration.ofDays(1)),
            random.nextBoolean(),
            one("", "", "", LARGE));
    this.world = new World(source, one(Leasing.values()), transcript);
    this.isSnapshot = type == IngestionType.SNAPSHOT;
    this.changes = type != IngestionType.APPEND;
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  World run() {
    change(random.nextInt(MOST_CHANGES + 1));
    int waves = 1 + random.nextInt(MOST_WAVES);
    for (int i = 0; i < waves && !world.isViolated(); i++) {
      var backup = world.shelf().copy();
      wave();
      change(random.nextInt(2));
      if (oneIn(4)) {
        world.restore(disaster(), backup);
      }
    }
    world.converge();
    change(1 + random.nextInt(2));
    if (!world.isViolated()) {
      world.converge();
    }
    return world;
  }

  private void wave() {
    var stage = new Stage(new Dice(random), world);
    var cast = new Cast(world, stage);
    var roles = new ArrayList<Role>();
    int runs = 1 + random.nextInt(MOST_RUNS);
    for (int i = 0; i < runs; i++) {
      roles.add(cast.invocation(setting()));
    }
    roles.add(users(cast, random.nextInt(MOST_CHANGES + 1)));
    boolean resets = oneIn(3);
    boolean purges = resets && oneIn(3);
    if (resets) {
      roles.add(cast.operator(purges ? Reset.PURGING : Reset.KEEPING_READERS));
    }
    // What is removed is removed because the checkpoint had left it behind: who brings it back
    // while that is going on does it at their own risk.
    if (!purges && !isSnapshot && oneIn(4)) {
      roles.add(cast.disaster(disaster()));
    }
    Collections.shuffle(roles, random);
    stage.play(roles);
  }

  private Branch disaster() {
    return one(Branch.LOST_ITS_CHECKPOINTS, Branch.GOT_OLD_CHECKPOINTS_BACK);
  }

  private Setting setting() {
    int most = (int) World.MOST_SKEW.toMinutes();
    return new Setting(
        one(1, 1, 2, 3, 100),
        Duration.ofMinutes(oneIn(2) ? 0 : random.nextInt(2 * most + 1) - most),
        one(Compression.NONE, Compression.NONE, Compression.GZIP));
  }

  /** The source's users, who change one record after the other. */
  private Role users(Cast cast, int count) {
    var actor = new Actor("users");
    return new Role(
        actor,
        () -> {
          for (int i = 0; i < count; i++) {
            cast.event(actor, "change the source", () -> change(1));
          }
        });
  }

  /** Timestamps are whole minutes, so that many are shared. */
  private String change(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Instant at = world.now().truncatedTo(ChronoUnit.MINUTES);
      if (oneIn(5)) {
        at = at.minus(LedgerConnector.LATEST).plus(Duration.ofMinutes(1 + random.nextInt(4)));
        world.sometimes().count(Branch.RECORD_CAME_LATE);
      }
      if (world.ledger().hasAt(at)) {
        world.sometimes().count(Branch.RECORDS_SHARED_A_TIMESTAMP);
      }
      text.append(change(at)).append(' ');
    }
    return text.toString();
  }

  private String change(Instant at) {
    int id = 1 + random.nextInt(IDS);
    boolean isThere = world.ledger().living().stream().anyMatch(version -> version.id() == id);
    if (changes && isThere && oneIn(3)) {
      world.ledger().delete(id, at);
      return "delete " + id;
    }
    int written = changes ? id : IDS + ++added;
    world.ledger().put(written, at);
    return "put %d at %s".formatted(written, at);
  }
}
