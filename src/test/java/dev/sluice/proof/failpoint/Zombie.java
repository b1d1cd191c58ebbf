package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;

/** A run whose process was stopped from outside, and that does not know how much time goes by. */
final class Zombie implements AutoCloseable {
  private final Running running;
  private final Socket waiting;

  private Zombie(Running running, Socket waiting) {
    this.running = running;
    this.waiting = waiting;
  }

  /** Stops a run with SIGSTOP when it arrives at the gate; empty when it ends before. */
  static Optional<Zombie> stopped(Running running, Gate gate) throws IOException {
    try (gate) {
      Optional<Socket> waiting = gate.arrival(running);
      waiting.ifPresent(arrived -> signal("STOP", running.process()));
      return waiting.map(arrived -> new Zombie(running, arrived));
    }
  }

  /** Lets it go on with SIGCONT, and waits for its end. */
  Ending wake() throws IOException, InterruptedException {
    // Not sooner: a thread may run on for a moment while the signal is on its way.
    waiting.close();
    signal("CONT", running.process());
    return running.ending();
  }

  private static void signal(String name, long process) {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + name, Long.toString(process))
              .inheritIO()
              .start()
              .waitFor();
      if (exitCode != 0) {
        throw new AssertionError("kill -%s %d: %d".formatted(name, process, exitCode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    waiting.close();
    running.kill();
  }
}
