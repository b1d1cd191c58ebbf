package dev.sluice.functions.run;

/**
 * An error, such as a spent heap, after which the process is unfit for another invocation. Since it
 * is an error of the virtual machine, Lambda's runtime reports the failure and ends the process.
 */
final class UnfitProcessError extends VirtualMachineError {

  UnfitProcessError(String message) {
    super(message);
  }
}
