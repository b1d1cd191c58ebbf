package dev.sluice.simulation;

import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.PipelineSync;
import dev.sluice.runtime.TableState;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.simulation.LedgerConnector.Asking;
import dev.sluice.simulation.Stage.Role;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Those who may act on a stage, and what they do there. */
final class Cast {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(15);

  private final World world;
  private final Stage stage;

  Cast(World world, Stage stage) {
    this.world = world;
    this.stage = stage;
  }

  /**
   * How an invocation differs from others.
   *
   * @param cap the most records of its microbatches
   * @param skew of its clock
   */
  record Setting(int cap, Duration skew, Compression compression) {
    static Setting ofCap(int cap) {
      return new Setting(cap, Duration.ZERO, Compression.NONE);
    }
  }

  private SimulatedCheckpoints checkpoints(Actor actor, InstantSource clock, Witness witness) {
    return new SimulatedCheckpoints(
        new MemoryCheckpoints(world.shelf(), clock), world.leasing(), stage, actor, witness);
  }

  /** An invocation of the real thing. */
  Role invocation(Setting setting) {
    var actor = new Actor(world.nextRun());
    return new Role(actor, () -> invoke(actor, setting));
  }

  private void invoke(Actor actor, Setting setting) {
    var witness = new Witness(world, actor.toString());
    InstantSource clock =
        () ->
            stage.call(
                actor,
                new SimulatedCall(SimulatedCall.Kind.CLOCK, "looks at the clock", ""),
                () -> world.now().plus(setting.skew()));
    Asking asking =
        new Asking() {
          @Override
          public <T> T ask(String question, Supplier<T> answer) {
            T told =
                stage.call(
                    actor,
                    new SimulatedCall(SimulatedCall.Kind.REQUEST_TO_SOURCE, "ask source", question),
                    answer);
            if (question.equals(LedgerConnector.WHETHER_CHANGED) && told.equals(true)) {
              world.sometimes().count(Branch.SAW_THAT_A_SNAPSHOT_IS_UNCHANGED);
            }
            return told;
          }
        };
    Instant startedAt = clock.instant();
    world.began(actor, startedAt);
    var context =
        new ConnectorContext(
            Options.NONE,
            startedAt,
            Deadline.at(startedAt.plus(TIME_LIMIT), clock),
            clock,
            RequestListener.NONE);
    var sync =
        new PipelineSync(
            World.DESTINATION.pipeline(),
            LedgerConnector.provider(world.ledger(), world.source(), asking),
            context,
            new ObjectStoreLake(
                new SimulatedObjects(world.objects(), stage, actor, witness),
                setting.compression()),
            checkpoints(actor, () -> world.now().plus(setting.skew()), witness),
            SyncListener.NONE,
            new Cancellation(),
            actor.toString());
    var table =
        new PipelineTable(
            Table.named("ledger")
                .with(
                    Options.NONE
                        .with("max_records_per_batch", Integer.toString(setting.cap()))
                        .with("keep_generations", "2")),
            World.DESTINATION.table(),
            Optional.empty(),
            Optional.empty());
    try {
      var report = sync.run(List.of(table));
      if (!actor.isDead()) {
        world.transcript().remark(actor, report.json());
        witness.reported(report);
        world.reported(report.tables().getFirst());
      }
    } finally {
      world.ended(actor);
    }
  }

  /** How an operator begins again. */
  enum Reset {
    KEEPING_READERS,
    PURGING
  }

  /** {@code state reset}, by the real thing. */
  Role operator(Reset reset) {
    var actor = new Actor("operator");
    return new Role(
        actor,
        () -> {
          var witness = new Witness(world, "operator");
          var state =
              new TableState(
                  new ObjectStoreLake(
                      new SimulatedObjects(world.objects(), stage, actor, witness),
                      Compression.NONE),
                  checkpoints(actor, world::now, witness));
          boolean isAlone = !world.isAnybodyRunning();
          try {
            switch (reset) {
              case KEEPING_READERS -> state.reset(World.DESTINATION);
              case PURGING -> {
                world.oracle().purgeBegins();
                state.resetAndPurge(World.DESTINATION);
              }
            }
            if (!isAlone) {
              world.sometimes().count(Branch.RESET_WHILE_SOMEBODY_RAN);
            }
          } catch (ConnectorException | OutcomeUnknownException e) {
            world.transcript().remark(actor, e);
          } finally {
            world.oracle().purgeEnds();
          }
        });
  }

  /** Somebody who loses the checkpoints, or brings back those of the moment of a backup. */
  Role disaster(Branch kind) {
    var actor = new Actor("disaster");
    return new Role(
        actor,
        () -> {
          var backup = event(actor, "copy checkpoints", world.shelf()::copy);
          event(
              actor,
              kind.toString(),
              () -> {
                world.restore(kind, backup);
                return "";
              });
        });
  }

  /** Something that happens in the world, when the plan wants it. */
  <T> T event(Actor actor, String what, Supplier<T> effect) {
    return stage.call(actor, new SimulatedCall(SimulatedCall.Kind.EVENT, what, ""), effect);
  }
}
