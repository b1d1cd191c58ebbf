package dev.sluice.functions.run;

/**
 * The process met an error, such as a spent heap, that makes it unfit for another invocation. As a
 * virtual machine's error it makes Lambda's runtime report the failure and then end the process.
 */
final class UnfitProcessError extends VirtualMachineError {

  UnfitProcessError(String message) {
    super(message);
  }
}
