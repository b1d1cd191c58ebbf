package dev.sluice.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a source and lets requests through that have the password of the moment. */
final class PasswordGate implements AutoCloseable {
  private final URI source;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private volatile String password = "";

  private PasswordGate(URI source, HttpServer server) {
    this.source = source;
    this.server = server;
  }

  static PasswordGate before(URI source) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var gate = new PasswordGate(source, HttpServer.create(address, 0));
      gate.server.createContext("/", gate::answer);
      gate.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      gate.server.start();
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void password(String now) {
    password = now;
  }

  int turnedAway() {
    return turnedAway.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      String wanted = "demo:" + password;
      if (!given.equals(
          "Basic " + Base64.getEncoder().encodeToString(wanted.getBytes(StandardCharsets.UTF_8)))) {
        turnedAway.incrementAndGet();
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      var request =
          HttpRequest.newBuilder(URI.create(source + exchange.getRequestURI().toString()))
              .header("Authorization", given)
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
