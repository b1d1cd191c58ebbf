package dev.sluice.proof.failpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run in a process of its own. */
record Running(long process, CompletableFuture<Ending> end) {
  private static final int MINUTES = 5;

  boolean hasEnded() {
    return end.isDone();
  }

  /** With SIGKILL. */
  void kill() {
    ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Waits for it. */
  Ending ending() throws InterruptedException {
    try {
      return end.get(MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      kill();
      throw new AssertionError("The process did not end", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
