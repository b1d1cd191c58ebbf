package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** Where a process reports that it is at its failpoint, and waits until it is let through. */
final class Gate implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ServerSocket socket;

  Gate() throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.setSoTimeout((int) PATIENCE.toMillis());
  }

  int port() {
    return socket.getLocalPort();
  }

  /**
   * Waits for the process, which goes on when what is returned is closed; empty when it ends
   * before.
   */
  Optional<Socket> arrival(Running running) throws IOException {
    var unused = running.end().thenRun(this::closeUnchecked);
    try {
      return Optional.of(socket.accept());
    } catch (IOException e) {
      if (running.hasEnded()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void closeUnchecked() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
