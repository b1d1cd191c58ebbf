package dev.sluice.simulation;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The checkpoint store as an actor reaches it: each call is a point where the plan decides. */
final class SimulatedCheckpoints implements CheckpointStore {
  private final CheckpointStore checkpoints;
  private final Leasing leasing;
  private final Stage stage;
  private final Actor actor;
  private final Witness witness;

  /** Whether leases are respected; without, everybody who asks for one is told to go on. */
  enum Leasing {
    ON,
    OFF
  }

  SimulatedCheckpoints(
      CheckpointStore checkpoints, Leasing leasing, Stage stage, Actor actor, Witness witness) {
    this.checkpoints = checkpoints;
    this.leasing = leasing;
    this.stage = stage;
    this.actor = actor;
    this.witness = witness;
  }

  private <T> T call(SimulatedCall.Kind kind, String action, Object target, Supplier<T> effect) {
    return stage.call(actor, new SimulatedCall(kind, action, target), effect);
  }

  private void write(String action, Object target, Runnable effect) {
    call(
        SimulatedCall.Kind.WRITE,
        action,
        target,
        () -> {
          effect.run();
          return "";
        });
  }

  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    var loaded =
        call(
            SimulatedCall.Kind.READ,
            "load checkpoint",
            flow,
            () -> checkpoints.load(destination, flow));
    witness.loaded(flow, loaded);
    return loaded;
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    return witness.replacement(
        flow,
        expected,
        next,
        () ->
            call(
                SimulatedCall.Kind.CONDITIONAL_WRITE,
                "move checkpoint",
                next,
                () -> checkpoints.replace(destination, flow, expected, next)));
  }

  @Override
  public void remove(Destination destination, Flow flow) {
    write("remove checkpoint", flow, () -> checkpoints.remove(destination, flow));
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    if (leasing == Leasing.OFF) {
      return new Lease.Held();
    }
    return witness.leasing(
        () ->
            call(
                SimulatedCall.Kind.WRITE,
                "acquire lease until",
                until,
                () -> checkpoints.acquire(destination, runId, until)));
  }

  @Override
  public void release(Destination destination, String runId) {
    if (leasing == Leasing.ON) {
      write("release lease of", destination, () -> checkpoints.release(destination, runId));
    }
  }

  @Override
  public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
    return call(
        SimulatedCall.Kind.READ,
        "load failures",
        flow,
        () -> checkpoints.attempts(destination, flow));
  }

  @Override
  public void save(Destination destination, Flow flow, FailureStreak attempts) {
    write("save failures", flow, () -> checkpoints.save(destination, flow, attempts));
  }
}
