package dev.sluice.aws.emulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to an emulator that loses, replaces and breaks off what it carries: real sockets, one
 * request a connection. Faults are played in the order in which they were given, each on the next
 * request that it is meant for; all other requests pass.
 */
public final class FaultyWire implements AutoCloseable {

  /** What happens to a request. */
  public sealed interface Fault {

    /** Nothing. */
    record None() implements Fault {}

    /** The emulator acts, and the connection ends without its reply. */
    record LostReply() implements Fault {}

    /** The connection ends before the emulator hears of it. */
    record LostRequest() implements Fault {}

    /** The connection ends behind the head of the request, as a stale one does. */
    record CutRequest() implements Fault {}

    /** The emulator acts, and its reply ends in the middle of the body. */
    record CutReply() implements Fault {}

    /** The emulator does not hear of it; the answer is another. */
    record Answer(int status, String body) implements Fault {}

    /** The emulator acts, and the answer is another. */
    record AnswerAfter(int status, String body) implements Fault {}

    /** As S3 says it. */
    static Fault error(int status, String code, String message) {
      return new Answer(status, xml(code, message));
    }

    /** As S3 says it, although it has done what it was asked for. */
    static Fault errorAfter(int status, String code) {
      return new AnswerAfter(status, xml(code, ""));
    }

    private static String xml(String code, String message) {
      return "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message);
    }
  }

  private record Planned(String request, Fault fault) {}

  private final URI emulator;
  private final ServerSocket socket;
  private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  public FaultyWire(URI emulator) {
    this.emulator = emulator;
    try {
      this.socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /**
   * Plans faults.
   *
   * @param request what the request line of their requests contains: {@code "PUT "}
   */
  public FaultyWire on(String request, Fault... faults) {
    for (Fault fault : faults) {
      planned.add(new Planned(request, fault));
    }
    return this;
  }

  /** The request lines that came in, without the version of HTTP. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many faults have not been played. */
  public int left() {
    return planned.size();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      String line = head.substring(0, head.indexOf(" HTTP/"));
      requests.add(line);
      Fault fault = faultOf(line);
      if (fault instanceof Fault.CutRequest) {
        return;
      }
      if (header(head, "expect").startsWith("100")) {
        send(connection, "HTTP/1.1 100 Continue\r\n\r\n");
      }
      byte[] body = in.readNBytes(Integer.parseInt("0" + header(head, "content-length")));
      play(fault, head, body, connection);
    } catch (IOException e) {
      // The client has gone away.
    }
  }

  private Fault faultOf(String line) {
    synchronized (planned) {
      var next = planned.stream().filter(each -> line.contains(each.request())).findFirst();
      next.ifPresent(planned::remove);
      return next.map(Planned::fault).orElseGet(Fault.None::new);
    }
  }

  private void play(Fault fault, String head, byte[] body, Socket client) throws IOException {
    switch (fault) {
      case Fault.None() -> client.getOutputStream().write(carry(head, body));
      case Fault.LostReply() -> carry(head, body);
      case Fault.LostRequest lost -> {}
      case Fault.CutRequest cut -> {}
      case Fault.CutReply() -> {
        byte[] reply = carry(head, body);
        client.getOutputStream().write(reply, 0, reply.length - 5);
      }
      case Fault.Answer(int status, String text) -> send(client, answer(head, status, text));
      case Fault.AnswerAfter(int status, String text) -> {
        carry(head, body);
        send(client, answer(head, status, text));
      }
    }
  }

  /** The whole reply of the emulator. */
  private byte[] carry(String head, byte[] body) throws IOException {
    try (var upstream = new Socket(emulator.getHost(), emulator.getPort())) {
      // The emulator ends the connection behind its reply.
      String changed =
          head.replaceAll("(?im)^(expect|connection):.*\r\n", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      send(upstream, changed);
      upstream.getOutputStream().write(body);
      upstream.getOutputStream().flush();
      return upstream.getInputStream().readAllBytes();
    }
  }

  private static String answer(String head, int status, String body) {
    // An answer to HEAD has no body.
    return "HTTP/1.1 %d Fault\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, body.length(), head.startsWith("HEAD ") ? "" : body);
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (int each = in.read(); each >= 0; each = in.read()) {
      head.write(each);
      if (each == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    to.getOutputStream().flush();
  }

  @Override
  public void close() {
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
