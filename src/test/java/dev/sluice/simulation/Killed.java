package dev.sluice.simulation;

/** The process of an actor is gone: unwinds its thread, and nothing it calls has an effect. */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed() {
    super("killed", null, false, false);
  }
}
