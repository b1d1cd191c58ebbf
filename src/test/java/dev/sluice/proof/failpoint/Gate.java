package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

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

  /** Waits for the process; it goes on when what is returned is closed. */
  Socket arrival() throws IOException {
    return socket.accept();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
