package dev.sluice.simulation;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where actors act, exactly one at a time: each has a thread, and only the one that has the turn
 * runs. Turns change at calls to the outside and nowhere else, so that the plan alone decides what
 * happens in which order.
 */
final class Stage {
  private static final int MOST_POINTS = 50_000;

  private final Plan plan;
  private final World world;
  private final Deque<Actor> waiting = new ArrayDeque<>();
  private final Deque<Supplier<?>> stray = new ArrayDeque<>();
  private final Actor audience = new Actor("audience");
  private int points;

  Stage(Plan plan, World world) {
    this.plan = plan;
    this.world = world;
  }

  /** An actor and what it does. */
  record Role(Actor actor, Runnable act) {}

  /** Plays until everybody is done or dead and everything has landed. */
  void play(List<Role> roles) {
    for (Role role : roles) {
      waiting.add(role.actor());
      Thread.ofVirtual().start(() -> perform(role));
    }
    next();
    audience.awaitTurn();
    while (!stray.isEmpty()) {
      land(audience);
    }
  }

  private void perform(Role role) {
    role.actor().awaitTurn();
    try {
      role.act().run();
    } catch (Killed killed) {
      world.transcript().remark(role.actor(), "is gone");
    } catch (RuntimeException | Error unexpected) {
      world.violated(role.actor() + " failed: " + unexpected);
    }
    role.actor().kill();
    next();
  }

  private void next() {
    Optional.ofNullable(waiting.pollFirst()).orElse(audience).takeTurn();
  }

  /**
   * A call of an actor to the outside.
   *
   * @param effect what it does there; happens at once, later, twice or never
   */
  <T> T call(Actor actor, SimulatedCall call, Supplier<T> effect) {
    while (!actor.isDead()) {
      Fate fate = decide(call);
      world.transcript().note(points, actor, call, fate);
      world.sometimes().count(call.kind(), fate);
      switch (fate) {
        case GO_ON -> {
          return happen(actor, call, effect);
        }
        case SWITCH -> waitForTurn(actor);
        case DELAY -> world.delay();
        case LAND -> land(actor);
        case REPEAT -> happen(actor, call, effect);
        case FAIL -> throw ConnectorException.transientFailure(call.action() + " failed");
        case LOSE_REQUEST -> throw unanswered(call);
        case LOSE_REPLY -> {
          happen(actor, call, effect);
          throw unanswered(call);
        }
        case STRAY -> {
          stray.add(effect);
          throw unanswered(call);
        }
        case KILL -> actor.kill();
      }
    }
    throw new Killed();
  }

  private Fate decide(SimulatedCall call) {
    points++;
    if (points > MOST_POINTS) {
      world.violated("No end in sight after %d calls".formatted(points));
    }
    if (world.isViolated()) {
      return Fate.KILL;
    }
    world.tick();
    var possible =
        call.kind().fates().stream()
            .filter(fate -> fate != Fate.LAND || !stray.isEmpty())
            .filter(fate -> fate != Fate.SWITCH || !waiting.isEmpty())
            .toList();
    return plan.decide(new Plan.Point(call.kind(), possible));
  }

  private <T> T happen(Actor actor, SimulatedCall call, Supplier<T> effect) {
    T answer = effect.get();
    world.transcript().answer(call, answer);
    if (call.kind().isWrite() || call.kind() == SimulatedCall.Kind.EVENT) {
      world.look(actor);
    }
    return answer;
  }

  private void waitForTurn(Actor actor) {
    waiting.addLast(actor);
    next();
    actor.awaitTurn();
  }

  private void land(Actor actor) {
    world.transcript().remark(actor, "sees a stray request land: " + stray.removeFirst().get());
    world.look(actor);
  }

  private static RuntimeException unanswered(SimulatedCall call) {
    String message = "No answer to: " + call.action();
    return call.kind() == SimulatedCall.Kind.CONDITIONAL_WRITE
        ? new OutcomeUnknownException(message, new IOException("reset"))
        : ConnectorException.transientFailure(message);
  }
}
