package dev.sluice.proof.failpoint;

/** What runs a pipeline. */
enum Program {
  /** The command {@code sync}. */
  COMMAND_LINE,

  /** The command {@code state reset --purge}; a sync has to follow. */
  RESET,

  /** The function {@code scheduled-sync} in a process under Lambda's runtime interface. */
  FUNCTION
}
