package dev.sluice.simulation;

import java.util.concurrent.Semaphore;

/** Something that acts: an invocation, the source's users, an operator. Has a thread to itself. */
final class Actor {
  private final String name;
  private final Semaphore turn = new Semaphore(0);
  private boolean dead;

  Actor(String name) {
    this.name = name;
  }

  void kill() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  void awaitTurn() {
    turn.acquireUninterruptibly();
  }

  void takeTurn() {
    turn.release();
  }

  @Override
  public String toString() {
    return name;
  }
}
