package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.Attempts;
import dev.sluice.runtime.Checkpoint;
import dev.sluice.runtime.CheckpointStore;
import dev.sluice.runtime.Destination;
import dev.sluice.runtime.Flow;
import dev.sluice.runtime.Lease;
import dev.sluice.spi.Offset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointStoreTest {
  private static final Destination TABLE = new Destination("acme", "../users");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(5));

  @TempDir Path root;
  private Instant now = NOON;

  private CheckpointStore store() {
    return new LocalCheckpointStore(root, () -> now);
  }

  private static Checkpoint checkpoint(int sequence, String offset) {
    return new Checkpoint(1, sequence, Offset.parse(offset));
  }

  @Test
  void checkpointIsReplacedOnlyWhenItIsTheExpectedOne() {
    var first = checkpoint(1, "{\"at\":1}");
    var moved = checkpoint(1, "{\"at\":2}");

    assertThat(store().load(TABLE, Flow.DATA)).isEmpty();
    assertThat(store().replace(TABLE, Flow.DATA, Optional.of(first), moved)).isFalse();
    assertThat(store().replace(TABLE, Flow.DATA, Optional.empty(), first)).isTrue();
    assertThat(store().replace(TABLE, Flow.DATA, Optional.empty(), moved)).isFalse();
    assertThat(store().replace(TABLE, Flow.DATA, Optional.of(moved), first)).isFalse();
    assertThat(store().replace(TABLE, Flow.DATA, Optional.of(first), moved)).isTrue();
    assertThat(store().load(TABLE, Flow.DATA)).contains(moved);
    assertThat(store().load(TABLE, Flow.DELETES)).isEmpty();
  }

  @Test
  void ofManyThatReplaceOneWins() throws Exception {
    int writers = 8;
    int rounds = 20;
    var start = new CyclicBarrier(writers);
    int won = 0;
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var results = new ArrayList<Future<Integer>>();
      for (int i = 0; i < writers; i++) {
        int writer = i;
        Callable<Integer> replace =
            () -> {
              int mine = 0;
              for (int round = 1; round <= rounds; round++) {
                var next = checkpoint(round, "{\"writer\":%d}".formatted(writer));
                var expected = store().load(TABLE, Flow.DATA);
                start.await();
                mine += store().replace(TABLE, Flow.DATA, expected, next) ? 1 : 0;
                start.await();
              }
              return mine;
            };
        results.add(threads.submit(replace));
      }
      for (var result : results) {
        won += result.get();
      }
    }

    assertThat(won).isEqualTo(rounds);
    assertThat(store().load(TABLE, Flow.DATA).orElseThrow().sequence()).isEqualTo(rounds);
  }

  @Test
  void leaseKeepsOthersAwayUntilItEnds() {
    assertThat(store().acquire(TABLE, "one", LATER)).isEqualTo(new Lease.Held(1));
    assertThat(store().acquire(TABLE, "two", LATER))
        .isEqualTo(new Lease.Taken("one", LATER, Optional.empty()));
    assertThat(store().acquire(TABLE, "one", LATER)).isEqualTo(new Lease.Held(2));

    now = LATER;

    assertThat(store().acquire(TABLE, "two", LATER.plusSeconds(1))).isEqualTo(new Lease.Held(3));
  }

  @Test
  void leaseThatIsGivenBackIsFreeAtOnce() {
    store().acquire(TABLE, "one", LATER);

    store().release(TABLE, "another");
    Lease stillTaken = store().acquire(TABLE, "two", LATER);
    store().release(TABLE, "one");

    assertThat(stillTaken).isInstanceOf(Lease.Taken.class);
    assertThat(store().acquire(TABLE, "two", LATER)).isEqualTo(new Lease.Held(2));
  }

  @Test
  void leaseOfADeadProcessIsFree() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    var gone = new ProcessMark(ProcessMark.own().machine(), dead.pid(), 1);
    Path folder = Files.createDirectories(root.resolve("tables").resolve(TABLE.key()));
    Files.writeString(folder.resolve("lease.json"), new LeaseFile("killed", LATER, 7, gone).json());

    assertThat(store().acquire(TABLE, "next", LATER)).isEqualTo(new Lease.Held(8));
  }

  @Test
  void attemptsAreKept() {
    var attempts = new Attempts(checkpoint(3, "{\"at\":3}"), "PROTOCOL no JSON", 2);

    store().save(TABLE, Flow.DATA, attempts);

    assertThat(store().attempts(TABLE, Flow.DATA)).contains(attempts);
    assertThat(store().attempts(TABLE, Flow.DELETES)).isEmpty();
  }

  @Test
  void removedCheckpointIsGone() {
    store().replace(TABLE, Flow.DATA, Optional.empty(), checkpoint(1, "{}"));

    store().remove(TABLE, Flow.DATA);

    assertThat(store().load(TABLE, Flow.DATA)).isEmpty();
  }
}
