package dev.sluice.compat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server on this machine that answers as an API does and notes what it was asked. */
final class Source implements AutoCloseable {

  static {
    // Otherwise a kept connection waits 40 ms for the acknowledgement of every answer's headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** The API behind the server; called from many threads. */
  interface Api {
    Answer answer(Call call);
  }

  /** An answer of an API. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer json(String body) {
      return new Answer(200, Map.of("Content-Type", "application/json"), body);
    }

    static Answer notFound() {
      return new Answer(404, Map.of(), "{}");
    }

    Answer with(String header, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(header, value);
      return new Answer(status, more, body);
    }
  }

  /**
   * A request to an API.
   *
   * @param base the URL of the server
   * @param query decoded, in the order of the URL
   * @param headers by lower-case name
   */
  record Call(
      String method,
      String base,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {

    Optional<String> parameter(String name) {
      return Optional.ofNullable(query.get(name));
    }

    int number(String name, int otherwise) {
      return parameter(name).map(Integer::parseInt).orElse(otherwise);
    }

    /** The request as one line of text, such as {@code GET /users?page=2}. */
    String line() {
      var line = new StringBuilder(method).append(' ').append(path);
      char separator = '?';
      for (var parameter : query.entrySet()) {
        line.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
        separator = '&';
      }
      return body.isEmpty() ? line.toString() : line.append(' ').append(body).toString();
    }
  }

  private final Api api;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Source(Api api, HttpServer server) {
    this.api = api;
    this.server = server;
  }

  static Source start(Api api) {
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
      var source = new Source(api, HttpServer.create(address, 0));
      source.server.createContext("/", source::serve);
      source.server.setExecutor(source.executor);
      source.server.start();
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests so far, as {@link Call#line} writes them. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The first request so far whose line holds this text. */
  String first(String text) {
    return requests.stream()
        .filter(line -> line.contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No request for %s: %s".formatted(text, requests)));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = call(exchange);
      requests.add(call.line());
      Answer answer = api.answer(call);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Call call(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Call(
        exchange.getRequestMethod(),
        url(),
        exchange.getRequestURI().getPath(),
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : Optional.ofNullable(raw).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
