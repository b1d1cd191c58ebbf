package dev.sluice.cli;

/** A command that makes connectors, for which the framework has to be started first. */
interface MakesConnectors {

  /** Whether it makes one this time; asked when the arguments are known. */
  default boolean makesConnectors() {
    return true;
  }
}
