package dev.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Names a process in a file that outlives it, so that others can tell whether it still runs. */
record ProcessId(String machine, long id, long startedAt) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESS_NUMBERS = Path.of("/proc/self/ns/pid");
  private static final int SHORT = 8;

  static ProcessId own() {
    return new ProcessId(
        machineNow(), ProcessHandle.current().pid(), start(ProcessHandle.current()));
  }

  /**
   * Returns a text that tells apart where numbers of processes mean something: machines, one
   * machine before and after a restart, and the containers on it. It is constant where unknown.
   */
  private static String machineNow() {
    try {
      String numbers = Files.readSymbolicLink(PROCESS_NUMBERS).toString().replaceAll("\\D", "");
      return Files.readString(BOOT_ID).substring(0, SHORT) + "_" + numbers;
    } catch (IOException e) {
      return "local";
    }
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static ProcessId parse(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Not the mark of a process: " + text);
    }
    return new ProcessId(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  /**
   * Tells whether the process is known to have ended; nothing is known about a process of another
   * machine or container.
   */
  boolean isGone() {
    return machine.equals(machineNow())
        && ProcessHandle.of(id)
            .filter(process -> process.isAlive() && start(process) == startedAt)
            .isEmpty();
  }

  @Override
  public String toString() {
    return machine + "-" + id + "-" + startedAt;
  }
}
