package dev.sluice.testkit;

/** Whether a source can do something; what it cannot do has a reason, which the report shows. */
public sealed interface Ability {

  Ability YES = new Yes();

  static Ability no(String reason) {
    return new No(reason);
  }

  /** It can. */
  record Yes() implements Ability {}

  /** It cannot, and why. */
  record No(String reason) implements Ability {
    public No {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("What a source cannot do needs a reason");
      }
    }
  }
}
