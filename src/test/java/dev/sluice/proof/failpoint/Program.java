package dev.sluice.proof.failpoint;

/** What runs a pipeline. */
enum Program {
  /** The command {@code sync}. */
  COMMAND_LINE,

  /** The function {@code scheduled-sync} in a process under Lambda's runtime interface. */
  FUNCTION
}
