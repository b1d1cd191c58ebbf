package dev.sluice.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP half of a stand-in: a server on 127.0.0.1 whose answers pass a {@link Interceptor}. What
 * is left to the stand-in is one method from request to answer, called from many threads.
 */
public final class StandInServer implements AutoCloseable {

  static {
    // Otherwise a kept connection waits 40 ms for the acknowledgement of every answer's headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Answers requests. */
  public interface Handler {
    Reply answer(Call call);
  }

  private final Interceptor wire;
  private final String pageParameter;
  private final Handler handler;
  private final HttpServer server;
  private final ExecutorService executor;

  private StandInServer(
      Interceptor wire,
      String pageParameter,
      Handler handler,
      HttpServer server,
      ExecutorService executor) {
    this.wire = wire;
    this.pageParameter = pageParameter;
    this.handler = handler;
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts on a port, 0 for a free one.
   *
   * @param pageParameter the query parameter without which the first page is served
   */
  public static StandInServer start(
      int port, Interceptor wire, String pageParameter, Handler handler) {
    try {
      var address =
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      HttpServer server = HttpServer.create(address, 0);
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      var standIn = new StandInServer(wire, pageParameter, handler, server, executor);
      server.createContext("/", standIn::serve);
      server.setExecutor(executor);
      server.start();
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + port, e);
    }
  }

  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    Call call = call(exchange);
    Optional<Fault> fault = wire.arrived(call.queryString() + " " + call.body());
    if (fault.isEmpty()) {
      send(exchange, answer(call));
      return;
    }
    switch (fault.get()) {
      case Fault.Answer(int status, Map<String, String> headers, String body) ->
          send(exchange, new Reply(status, headers, body));
      case Fault.Spoilt spoilt -> {
        switch (spoilt) {
          case NULL_ELEMENT -> send(exchange, SpoiltJson.withNullElement(answer(call)));
          case WITHOUT_NEXT -> send(exchange, SpoiltJson.withoutNext(answer(call)));
          case TRUNCATED -> sendHalf(exchange, answer(call));
          case TRUNCATED_CHUNKS -> sendHalfOfChunks(exchange, answer(call));
          case FIRST_PAGE_AGAIN -> send(exchange, answer(firstPage(call)));
        }
      }
    }
  }

  private Reply answer(Call call) {
    try {
      return handler.answer(call);
    } catch (RuntimeException e) {
      // A fault of the stand-in, not of the connector: it must be seen as one.
      e.printStackTrace();
      return Reply.json(500, "{\"message\": \"the stand-in failed, see standard error\"}");
    }
  }

  private Call firstPage(Call call) {
    var query = new LinkedHashMap<>(call.query());
    query.remove(pageParameter);
    return new Call(call.method(), call.baseUrl(), call.path(), query, call.headers(), call.body());
  }

  private Call call(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Call(
        exchange.getRequestMethod(),
        baseUrl(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI()),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = Optional.ofNullable(uri.getRawQuery()).orElse("");
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.merge(decode(name), decode(value), (one, other) -> one + "\n" + other);
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    exchange.close();
  }

  private static void sendHalf(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
    // Closes the connection, since bytes are missing.
    exchange.close();
  }

  private static void sendHalfOfChunks(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), 0);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
    // An orderly close would write the last chunk; the server drops the connection of a handler
    // that fails.
    throw new IOException("cut on purpose");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
