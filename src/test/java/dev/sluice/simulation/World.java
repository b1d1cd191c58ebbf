package dev.sluice.simulation;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.simulation.LakeReader.View;
import dev.sluice.simulation.LedgerConnector.Source;
import dev.sluice.simulation.SimulatedCheckpoints.Leasing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source, a bucket, a checkpoint store and a clock, and those who use them. */
final class World {
  static final Destination DESTINATION = new Destination("acme", "ledger");
  static final Duration MOST_SKEW = Duration.ofMinutes(10);
  private static final Duration DELAY = Duration.ofMinutes(6);
  private static final Duration REST = Duration.ofHours(2);

  private final SourceLedger ledger = new SourceLedger();
  private final MemoryObjects objects = new MemoryObjects(this::now);
  private final MemoryCheckpoints.Shelf shelf = new MemoryCheckpoints.Shelf();
  private final LakeReader reader = new LakeReader(objects, DESTINATION.key());
  private final Sometimes sometimes = new Sometimes();
  private final Map<Actor, Instant> running = new HashMap<>();
  private final Source source;
  private final Leasing leasing;
  private final Transcript transcript;
  private final Oracle oracle;
  private Instant now = LedgerConnector.BEGINNING.plus(Duration.ofMinutes(30));
  private long seenChanges = -1;
  private int invocations;
  private Optional<TableReport> lastReport = Optional.empty();
  private Optional<String> violation = Optional.empty();

  World(Source source, Leasing leasing, Transcript transcript) {
    this.source = source;
    this.leasing = leasing;
    this.transcript = transcript;
    this.oracle = new Oracle(ledger, source.type());
  }

  SourceLedger ledger() {
    return ledger;
  }

  MemoryObjects objects() {
    return objects;
  }

  MemoryCheckpoints.Shelf shelf() {
    return shelf;
  }

  Transcript transcript() {
    return transcript;
  }

  Sometimes sometimes() {
    return sometimes;
  }

  Instant now() {
    return now;
  }

  void tick() {
    now = now.plusMillis(1);
  }

  void delay() {
    now = now.plus(DELAY);
  }

  /** Long enough for every lease and every deadline to be over. */
  void rest() {
    now = now.plus(REST);
  }

  boolean isViolated() {
    return violation.isPresent();
  }

  Optional<String> violation() {
    return violation;
  }

  void violated(String what) {
    violation = violation.or(() -> Optional.of(what));
  }

  boolean isHeld() {
    return shelf.holder(DESTINATION).filter(holder -> !holder.runId().isEmpty()).isPresent();
  }

  boolean isHeldBy(String runId) {
    return shelf.holder(DESTINATION).filter(holder -> holder.runId().equals(runId)).isPresent();
  }

  int shownGeneration() {
    return reader.generation();
  }

  /** Looks at the lake as a reader does, after something may have changed. */
  void look(Actor cause) {
    shelf
        .checkpoint(DESTINATION, Flow.DATA)
        .ifPresent(at -> oracle.begun(at.generation(), horizon()));
    if (seenChanges == objects.changes()) {
      return;
    }
    seenChanges = objects.changes();
    try {
      View view = reader.view();
      if (view.generation() > 1 && view.generation() > oracle.shownGeneration()) {
        sometimes.count(Branch.POINTER_MOVED_TO_A_NEWER_GENERATION);
      }
      oracle.step(view).ifPresent(complaint -> violated(complaint + " (after " + cause + ")"));
    } catch (IllegalStateException e) {
      if (!oracle.isPurged(reader.generation())) {
        violated(String.valueOf(e.getMessage()));
      }
    }
  }

  /** What anybody who may read from now on has to read at least. */
  private Instant horizon() {
    return running.values().stream()
        .reduce(now.minus(MOST_SKEW), (one, other) -> one.isBefore(other) ? one : other);
  }

  Leasing leasing() {
    return leasing;
  }

  Source source() {
    return source;
  }

  Oracle oracle() {
    return oracle;
  }

  boolean isAnybodyRunning() {
    return !running.isEmpty();
  }

  /** Names the next invocation. */
  String nextRun() {
    invocations++;
    return "run-" + invocations;
  }

  void began(Actor run, Instant startedAt) {
    running.put(run, startedAt);
  }

  void ended(Actor run) {
    running.remove(run);
  }

  void reported(TableReport report) {
    lastReport = Optional.of(report);
  }

  /** The checkpoints are lost, or become those of a backup. */
  void restore(Branch kind, MemoryCheckpoints.Shelf backup) {
    shelf.restore(kind == Branch.GOT_OLD_CHECKPOINTS_BACK ? backup : new MemoryCheckpoints.Shelf());
    sometimes.count(kind);
  }

  /**
   * Lets time pass and one invocation after the other run, until the second in a row has caught up:
   * a snapshot that somebody had begun is finished by the first.
   */
  void converge() {
    for (int i = 0; i < 2 && !isViolated(); i++) {
      rest();
      lastReport = Optional.empty();
      var stage = new Stage(point -> Fate.GO_ON, this);
      stage.play(List.of(new Cast(this, stage).invocation(Cast.Setting.ofCap(2))));
      if (lastReport.filter(report -> report.outcome() == Outcome.CAUGHT_UP).isEmpty()) {
        violated("A run that nobody disturbs does not catch up: " + lastReport);
      }
    }
    if (!isViolated()) {
      oracle.converged(reader.view()).ifPresent(this::violated);
    }
  }
}
