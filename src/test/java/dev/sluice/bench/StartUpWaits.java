package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server and counts the time in which somebody waits for its answers: from the last
 * bytes of a request to the first of the answer. Takes requests that do not overlap.
 */
final class StartUpWaits implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket socket;
  private final URI server;
  private final AtomicLong waited = new AtomicLong();

  private StartUpWaits(ServerSocket socket, URI server) {
    this.socket = socket;
    this.server = server;
  }

  /** The caller closes it, which ends no connection. */
  static StartUpWaits before(URI server) throws IOException {
    var waits = new StartUpWaits(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    Thread.ofPlatform().daemon().start(waits::accept);
    return waits;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Since it was started. */
  Duration waited() {
    return Duration.ofNanos(waited.get());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        var upstream = new Socket(server.getHost(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        var asked = new AtomicLong();
        Thread.ofPlatform()
            .daemon()
            .start(() -> carry(client, upstream, () -> asked.set(System.nanoTime())));
        Thread.ofPlatform().daemon().start(() -> carry(upstream, client, () -> answered(asked)));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void answered(AtomicLong asked) {
    long since = asked.getAndSet(0);
    if (since != 0) {
      waited.addAndGet(System.nanoTime() - since);
    }
  }

  private static void carry(Socket from, Socket to, Runnable each) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        each.run();
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // one of them went away, and so does the other
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
