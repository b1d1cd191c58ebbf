package dev.sluice.cli.terminal;

/** A command that makes connectors, for which the framework has to be started first. */
public interface NeedsQuarkus {

  /** Whether it makes one this time; asked when the arguments are known. */
  default boolean makesConnectors() {
    return true;
  }
}
