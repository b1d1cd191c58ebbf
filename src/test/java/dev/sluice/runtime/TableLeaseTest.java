package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.SyncListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until when others find a table taken. */
final class TableLeaseTest {
  private static final Destination APPEND = Site.destination("append");
  private static final Duration TERM = Duration.ofMinutes(15);

  @TempDir Path root;
  private final AtomicReference<Instant> clock = new AtomicReference<>(Site.NOW);
  private Site site;

  @BeforeEach
  void begin() {
    site =
        new Site(
            new LocalObjectStore(root),
            new LocalCheckpointStore(root.resolve(".sluice"), clock::get));
  }

  /** What another run is told at each read of a run whose reads take so long. */
  private List<Lease> askedAtEachRead(Duration budget, Duration read) {
    var answers = new ArrayList<Lease>();
    var ledger = Ledger.of(50);
    ledger.oneWindowPerRead = true;
    ledger.beforeRead.put(
        "append",
        start -> {
          answers.add(site.checkpoints.acquire(APPEND, "another", clock.get().plusSeconds(1)));
          site.now = clock.updateAndGet(now -> now.plus(read));
        });
    site.time = budget;
    site.run(ledger, Site.table("append"));
    return answers;
  }

  private static Instant until(Lease lease) {
    assertThat(lease).isInstanceOf(Lease.Taken.class);
    return ((Lease.Taken) lease).until();
  }

  @Test
  void shortRunTakesItUntilItsDeadline() {
    var answers = askedAtEachRead(Duration.ofMinutes(10), Duration.ofMinutes(1));

    assertThat(answers).isNotEmpty();
    assertThat(answers)
        .allSatisfy(lease -> assertThat(until(lease)).isEqualTo("2026-05-01T12:10:00Z"));
  }

  @Test
  void longRunTakesItForAQuarterOfAnHourAtATime() {
    var answers = askedAtEachRead(Duration.ofHours(12), Duration.ofMinutes(4));

    assertThat(answers).hasSize(6);
    assertThat(answers)
        .extracting(lease -> until(lease).toString())
        .containsExactly(
            "2026-05-01T12:15:00Z",
            "2026-05-01T12:15:00Z",
            "2026-05-01T12:23:00Z",
            "2026-05-01T12:23:00Z",
            "2026-05-01T12:31:00Z",
            "2026-05-01T12:31:00Z");
  }

  @Test
  void tableOfAKilledRunIsFreeAfterAQuarterOfAnHour() {
    site.time = Duration.ofHours(12);
    var ledger = Ledger.of(50);
    // As if the process had been stopped meanwhile.
    var gone = new ArrayList<Lease>();
    ledger.beforeRead.put(
        "append",
        start -> {
          site.now = clock.updateAndGet(now -> now.plus(TERM));
          gone.add(site.checkpoints.acquire(APPEND, "next", clock.get().plus(TERM)));
        });

    var report = site.run(ledger, Site.table("append"));

    assertThat(gone.getFirst()).isInstanceOf(Lease.Held.class);
    assertThat(report.outcome()).as("whoever wakes up goes on").isEqualTo(Outcome.CAUGHT_UP);
    assertThat(report.records()).isEqualTo(50);
    assertThat(site.checkpoints.acquire(APPEND, "third", clock.get()))
        .as("and leaves the lease of the other alone")
        .isInstanceOf(Lease.Taken.class);
  }

  @Test
  void lostLeaseIsTold() {
    var warnings = new ArrayList<String>();
    site.listener =
        new SyncListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    site.time = Duration.ofHours(12);
    var ledger = Ledger.of(50);
    ledger.oneWindowPerRead = true;
    ledger.beforeRead.put(
        "append",
        start -> {
          site.now = clock.updateAndGet(now -> now.plus(TERM));
          site.checkpoints.acquire(APPEND, "next", Instant.MAX);
        });

    site.run(ledger, Site.table("append"));

    assertThat(warnings)
        .containsExactly(
            "The lease of books/append went to run next; both go on, and the lake has everything once");
  }
}
