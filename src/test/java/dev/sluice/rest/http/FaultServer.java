package dev.sluice.rest.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Plays scripted answers on a raw socket of 127.0.0.1, one a request in the order of the script;
 * the last one is repeated.
 */
public final class FaultServer implements AutoCloseable {

  /** What the server does with one request; leaves the connection open unless it closes it. */
  @FunctionalInterface
  public interface Answer {
    void play(Received request, Socket connection) throws IOException;
  }

  /** A request as it came in; names of headers in lower case. */
  public record Received(String method, String target, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final ServerSocket socket;
  private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> greeting = Optional.empty();
  private volatile Answer last = status(500, "nothing scripted");

  public FaultServer(Answer... answers) {
    this(listen(), answers);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes over the socket, which may be one for TLS. */
  public FaultServer(ServerSocket socket, Answer... answers) {
    this.socket = socket;
    answer(answers);
    Thread.ofVirtual().start(this::accept);
  }

  /** Appends to the script. */
  public FaultServer answer(Answer... answers) {
    script.addAll(Arrays.asList(answers));
    return this;
  }

  public URI url() {
    return URI.create(
        (socket instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + port());
  }

  int port() {
    return socket.getLocalPort();
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The targets of the requests that came in. */
  public List<String> targets() {
    return received.stream().map(Received::target).toList();
  }

  public int connections() {
    return connections.size();
  }

  /** Says this to whoever connects, whatever comes, and closes the connection. */
  void greeting(String bytes) {
    greeting = Optional.of(bytes);
  }

  // Answers

  public static Answer json(String body, String... headers) {
    return status(200, body, headers);
  }

  /** A well-formed answer; headers as {@code Name: value}. */
  public static Answer status(int status, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return bytes(status, bytes, headers);
  }

  static Answer bytes(int status, byte[] body, String... headers) {
    return (request, connection) -> {
      OutputStream out = connection.getOutputStream();
      var head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
      if (Arrays.stream(headers).noneMatch(h -> h.startsWith("Content-Type:"))) {
        head.append("Content-Type: application/json\r\n");
      }
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
    };
  }

  /** These bytes, then the connection's end. */
  static Answer rawThenEnd(String bytes) {
    return (request, connection) -> {
      connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      connection.close();
    };
  }

  /** These bytes, then a reset of the connection. */
  static Answer rawThenReset(String bytes) {
    return (request, connection) -> {
      connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      connection.getOutputStream().flush();
      connection.setSoLinger(true, 0);
      connection.close();
    };
  }

  /** These bytes, then nothing until the server is closed. */
  Answer rawThenStall(String bytes) {
    return (request, connection) -> {
      connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      connection.getOutputStream().flush();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** These bytes, then blanks one by one for as long as the other side takes them. */
  Answer rawThenDrip(String bytes) {
    return (request, connection) -> {
      connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      while (closed.getCount() > 0) {
        connection.getOutputStream().write(' ');
        connection.getOutputStream().flush();
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          return;
        }
      }
    };
  }

  // The server

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      if (greeting.isPresent()) {
        connection.getOutputStream().write(greeting.get().getBytes(StandardCharsets.UTF_8));
        return;
      }
      var in = new BufferedInputStream(connection.getInputStream());
      while (!connection.isClosed()) {
        Received request = read(in);
        if (request == null) {
          return;
        }
        received.add(request);
        next().play(request, connection);
      }
    } catch (IOException e) {
      // the client has gone
    }
  }

  private synchronized Answer next() {
    Answer scripted = script.poll();
    if (scripted != null) {
      last = scripted;
    }
    return last;
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ", 3);
    var headers = new TreeMap<String, String>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Received(parts[0], parts[1], headers, body);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
