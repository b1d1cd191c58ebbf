package dev.sluice.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A source that refuses in one way, and sends back in body and headers what it was sent. */
final class EchoingSource implements AutoCloseable {

  /** How it answers. */
  enum Manner {
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    BROKEN(500),
    MALFORMED(200),
    REDIRECTING(302),
    CUT(200);

    private final int status;

    Manner(int status) {
      this.status = status;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Manner manner;
  private final List<String> credentials = new CopyOnWriteArrayList<>();

  EchoingSource(Manner manner) throws IOException {
    this.manner = manner;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it was sent as a credential, request by request. */
  List<String> credentials() {
    return credentials;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String credential = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      credentials.add(credential);
      byte[] body =
          ("{\"message\": \"You sent " + credential + "\", \"next\": <")
              .getBytes(StandardCharsets.UTF_8);
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("WWW-Authenticate", credential);
      headers.set("X-Request", credential);
      if (manner == Manner.REDIRECTING) {
        headers.set("Location", "http://localhost:1/?was=" + credential.replace(' ', '+'));
      }
      exchange.sendResponseHeaders(
          manner.status, manner == Manner.CUT ? body.length + 100 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      if (manner != Manner.CUT) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
