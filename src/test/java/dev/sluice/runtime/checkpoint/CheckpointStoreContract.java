package dev.sluice.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What every checkpoint store does; a store's test extends it. */
public abstract class CheckpointStoreContract {
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  protected static final Instant LATER = NOON.plus(Duration.ofMinutes(5));
  private static final int CROWD = 16;

  /** What the stores take for the time of day. */
  protected Instant now = NOON;

  /** Another store of the same checkpoints at each call, none when a test begins. */
  protected abstract CheckpointStore store();

  /** A table that no other test uses. */
  protected abstract Destination table();

  protected static Checkpoint checkpoint(int sequence, String offset) {
    return new Checkpoint(1, sequence, Offset.parse(offset));
  }

  @Test
  void checkpointIsReplacedOnlyWhenItIsTheExpectedOne() {
    var first = checkpoint(1, "{\"at\":1}");
    var moved = checkpoint(1, "{\"at\":2}");

    assertThat(store().load(table(), Flow.DATA)).isEmpty();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(first), moved)).isFalse();
    assertThat(store().replace(table(), Flow.DATA, Optional.empty(), first)).isTrue();
    assertThat(store().replace(table(), Flow.DATA, Optional.empty(), moved)).isFalse();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(moved), first)).isFalse();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(first), moved)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(moved);
    assertThat(store().load(table(), Flow.DELETES)).isEmpty();
  }

  @Test
  void otherGenerationIsAnotherCheckpoint() {
    var before = checkpoint(7, "{\"at\":1}");
    var reset = new Checkpoint(2, 7, before.offset());
    store().replace(table(), Flow.DATA, Optional.empty(), before);
    store().replace(table(), Flow.DATA, Optional.of(before), reset);

    assertThat(store().replace(table(), Flow.DATA, Optional.of(before), checkpoint(8, "{}")))
        .isFalse();
    assertThat(store().load(table(), Flow.DATA)).contains(reset);
  }

  @Test
  void flowsAndTablesDoNotMeet() {
    var similar = new Destination(table().pipeline(), table().table() + "#data");
    store().replace(table(), Flow.DATA, Optional.empty(), checkpoint(1, "{}"));
    store().replace(table(), Flow.DELETES, Optional.empty(), checkpoint(2, "{}"));
    store().replace(similar, Flow.DATA, Optional.empty(), checkpoint(3, "{}"));

    assertThat(store().load(table(), Flow.DATA)).contains(checkpoint(1, "{}"));
    assertThat(store().load(table(), Flow.DELETES)).contains(checkpoint(2, "{}"));
    assertThat(store().load(similar, Flow.DATA)).contains(checkpoint(3, "{}"));
  }

  @Test
  void offsetKeepsItsDigitsAndLetters() {
    var exact =
        checkpoint(1, "{\"at\":1.5000,\"id\":9007199254740993,\"word\":\"né\\u0000\\\"漢\"}");

    store().replace(table(), Flow.DATA, Optional.empty(), exact);

    assertThat(store().load(table(), Flow.DATA)).contains(exact);
  }

  @Test
  void offsetMayBeLarge() {
    var keys = new ArrayList<String>();
    for (int i = 0; i < 60_000; i++) {
      keys.add("\"key-%06dé\"".formatted(i));
    }
    var large = checkpoint(1, "{\"keys\":[%s]}".formatted(String.join(",", keys)));
    var small = checkpoint(2, "{\"at\":2}");

    assertThat(store().replace(table(), Flow.DATA, Optional.empty(), large)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(large);
    assertThat(store().replace(table(), Flow.DATA, Optional.of(large), small)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(small);
    assertThat(store().replace(table(), Flow.DATA, Optional.of(small), large)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(large);
  }

  @Test
  void readingIsPartOfTheCheckpoint() {
    var without = checkpoint(1, "{\"at\":1}");
    var one = without.in(reading("one"));
    var large = without.in(reading("é".repeat(3000)));

    assertThat(store().replace(table(), Flow.DATA, Optional.empty(), without)).isTrue();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(one), large)).isFalse();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(without), one)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(one);
    assertThat(store().replace(table(), Flow.DATA, Optional.of(without), large)).isFalse();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(one), large)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(large);
    assertThat(store().replace(table(), Flow.DATA, Optional.of(large), one)).isTrue();
    assertThat(store().replace(table(), Flow.DATA, Optional.of(one), without)).isTrue();
    assertThat(store().load(table(), Flow.DATA)).contains(without);
  }

  @Test
  void failuresAreCountedOnWhenOnlyTheReadingIsWritten() {
    CheckpointStore store = store();
    var at = checkpoint(3, "{\"at\":3}");
    store.replace(table(), Flow.DATA, Optional.empty(), at);
    store.load(table(), Flow.DATA);
    store.save(table(), Flow.DATA, new FailureStreak(at, "TRANSIENT", 2));

    store.load(table(), Flow.DATA);
    store.replace(table(), Flow.DATA, Optional.of(at), at.in(reading("one")));

    assertThat(store.attempts(table(), Flow.DATA)).contains(new FailureStreak(at, "TRANSIENT", 2));
    assertThat(store().attempts(table(), Flow.DATA))
        .contains(new FailureStreak(at, "TRANSIENT", 2));
    assertThat(store().load(table(), Flow.DATA)).contains(at.in(reading("one")));
  }

  private static Reading reading(String shop) {
    return Reading.parse(
        "{\"connector\":\"shop\",\"table\":\"books\",\"options\":{\"shop\":\"%s\"}}"
            .formatted(shop));
  }

  @Test
  void ofManyThatReplaceOneWins() throws Exception {
    int rounds = 10;
    int won = 0;

    for (int i = 1; i <= rounds; i++) {
      int round = i;
      Optional<Checkpoint> expected = store().load(table(), Flow.DATA);
      List<Boolean> replaced =
          together(
              writer ->
                  store()
                      .replace(
                          table(),
                          Flow.DATA,
                          expected,
                          checkpoint(round, "{\"writer\":%d}".formatted(writer))));
      won += (int) replaced.stream().filter(mine -> mine).count();
    }

    assertThat(won).isEqualTo(rounds);
    assertThat(store().load(table(), Flow.DATA).orElseThrow().sequence()).isEqualTo(rounds);
  }

  @Test
  void ofManyThatAskOneGetsTheLease() throws Exception {
    for (int round = 1; round <= 5; round++) {
      List<Lease> leases = together(run -> store().acquire(table(), "run-" + run, LATER));

      var holders = leases.stream().filter(Lease.Held.class::isInstance).toList();
      assertThat(holders).containsExactly(new Lease.Held());
      String holder = "run-" + leases.indexOf(holders.getFirst());
      assertThat(leases)
          .filteredOn(Lease.Taken.class::isInstance)
          .hasSize(CROWD - 1)
          .containsOnly(new Lease.Taken(holder, LATER, Optional.empty()));
      store().release(table(), holder);
    }
  }

  private static <T> List<T> together(IntFunction<T> action) throws Exception {
    var start = new CyclicBarrier(CROWD);
    try (var threads = Executors.newFixedThreadPool(CROWD)) {
      var pending = new ArrayList<Future<T>>();
      for (int i = 0; i < CROWD; i++) {
        int one = i;
        Callable<T> task =
            () -> {
              start.await();
              return action.apply(one);
            };
        pending.add(threads.submit(task));
      }
      var results = new ArrayList<T>();
      for (var result : pending) {
        results.add(result.get());
      }
      return results;
    }
  }

  @Test
  void leaseKeepsOthersAwayUntilItEnds() {
    assertThat(store().acquire(table(), "one", LATER)).isEqualTo(new Lease.Held());
    assertThat(store().acquire(table(), "two", LATER))
        .isEqualTo(new Lease.Taken("one", LATER, Optional.empty()));
    assertThat(store().acquire(table(), "one", LATER)).isEqualTo(new Lease.Held());

    now = LATER;

    assertThat(store().acquire(table(), "two", LATER.plusSeconds(1))).isEqualTo(new Lease.Held());
  }

  @Test
  void leaseThatIsGivenBackIsFreeAtOnce() {
    store().acquire(table(), "one", LATER);

    store().release(table(), "another");
    Lease stillTaken = store().acquire(table(), "two", LATER);
    store().release(table(), "one");

    assertThat(stillTaken).isInstanceOf(Lease.Taken.class);
    assertThat(store().acquire(table(), "two", LATER)).isEqualTo(new Lease.Held());
  }

  @Test
  void whoeverIsRefusedLearnsWhereTheTableStands() {
    var at = checkpoint(4, "{\"at\":4}");
    store().acquire(table(), "one", LATER);
    store().replace(table(), Flow.DATA, Optional.empty(), at);

    assertThat(store().acquire(table(), "two", LATER))
        .isEqualTo(new Lease.Taken("one", LATER, Optional.of(at)));
  }

  @Test
  void zombieGivesBackNothingAndReplacesNothing() {
    var found = checkpoint(1, "{\"at\":1}");
    CheckpointStore zombie = store();
    zombie.replace(table(), Flow.DATA, Optional.empty(), found);
    zombie.acquire(table(), "zombie", LATER);
    now = LATER.plusSeconds(1);
    Instant end = now.plusSeconds(60);
    store().acquire(table(), "next", end);
    var moved = checkpoint(2, "{\"at\":2}");
    store().replace(table(), Flow.DATA, Optional.of(found), moved);

    zombie.release(table(), "zombie");
    boolean replaced =
        zombie.replace(table(), Flow.DATA, Optional.of(found), checkpoint(2, "{\"at\":9}"));

    assertThat(replaced).isFalse();
    assertThat(store().load(table(), Flow.DATA)).contains(moved);
    assertThat(store().acquire(table(), "third", end))
        .isEqualTo(new Lease.Taken("next", end, Optional.of(moved)));
  }

  @Test
  void attemptsAreKept() {
    var attempts = new FailureStreak(checkpoint(3, "{\"at\":3}"), "PROTOCOL no JSON", 2);

    store().save(table(), Flow.DATA, attempts);

    assertThat(store().attempts(table(), Flow.DATA)).contains(attempts);
    assertThat(store().attempts(table(), Flow.DELETES)).isEmpty();
    assertThat(store().load(table(), Flow.DATA)).isEmpty();
  }

  @Test
  void attemptsAreCountedAndForgottenByOneStore() {
    CheckpointStore store = store();
    var at = checkpoint(3, "{\"at\":3}");
    store.replace(table(), Flow.DATA, Optional.empty(), at);
    store.load(table(), Flow.DATA);

    store.save(table(), Flow.DATA, new FailureStreak(at, "TRANSIENT", 1));
    Optional<FailureStreak> counted = store.attempts(table(), Flow.DATA);
    store.load(table(), Flow.DATA);
    Optional<FailureStreak> loaded = store.attempts(table(), Flow.DATA);
    store.save(table(), Flow.DATA, new FailureStreak(at, "", 0));

    assertThat(counted).contains(new FailureStreak(at, "TRANSIENT", 1)).isEqualTo(loaded);
    assertThat(store.attempts(table(), Flow.DATA).filter(some -> some.count() > 0)).isEmpty();
    assertThat(store.load(table(), Flow.DATA)).contains(at);
  }

  @Test
  void removedCheckpointIsGoneAndItsLeaseIsNot() {
    store().acquire(table(), "one", LATER);
    store().replace(table(), Flow.DATA, Optional.empty(), checkpoint(1, "{\"at\":1}"));

    store().remove(table(), Flow.DATA);
    store().remove(table(), Flow.DELETES);

    assertThat(store().load(table(), Flow.DATA)).isEmpty();
    assertThat(store().acquire(table(), "two", LATER)).isInstanceOf(Lease.Taken.class);
    store().release(table(), "one");
    assertThat(store().acquire(table(), "two", LATER)).isEqualTo(new Lease.Held());
    assertThat(store().replace(table(), Flow.DATA, Optional.empty(), checkpoint(1, "{}"))).isTrue();
  }
}
