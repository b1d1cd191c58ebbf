package dev.sluice.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Any number of made-up issues of the repository {@code o/r}, behind GitHub's way of paging. */
public final class IssueServer implements AutoCloseable {
  private static final Instant BASE = Instant.parse("2020-01-01T00:00:00Z");
  private static final int SHARING_A_TIMESTAMP = 3;

  private final HttpServer server;
  private final int count;
  private final Duration latency;

  /** Serves so many. */
  public IssueServer(int count) throws IOException {
    this(count, Duration.ZERO);
  }

  /** Takes its time for every page. */
  public IssueServer(int count, Duration latency) throws IOException {
    this.count = count;
    this.latency = latency;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/repos/o/r/issues", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Where. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
      int page = Integer.parseInt(query.getOrDefault("page", "1"));
      int first = query.containsKey("since") ? firstSince(Instant.parse(query.get("since"))) : 0;
      int from = Math.min(count, first + (page - 1) * size);
      int to = Math.min(count, from + size);
      if (to < count) {
        exchange.getResponseHeaders().set("Link", next(query, page + 1));
      }
      byte[] body =
          IntStream.range(from, to)
              .mapToObj(IssueServer::issue)
              .collect(Collectors.joining(",", "[", "]"))
              .getBytes(StandardCharsets.UTF_8);
      LockSupport.parkNanos(latency.toNanos());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> query(URI target) {
    return Arrays.stream(target.getQuery().split("&", -1))
        .map(part -> part.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  private static int firstSince(Instant since) {
    long minutes = Math.max(0, Math.ceilDiv(since.getEpochSecond() - BASE.getEpochSecond(), 60));
    return (int) Math.min(Integer.MAX_VALUE, minutes * SHARING_A_TIMESTAMP);
  }

  private String next(Map<String, String> query, int page) {
    String rest =
        query.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("page"))
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "&")
            .collect(Collectors.joining());
    return "<%s/repos/o/r/issues?%spage=%d>; rel=\"next\"".formatted(url(), rest, page);
  }

  private static String issue(int index) {
    Instant updated = BASE.plusSeconds(60L * (index / SHARING_A_TIMESTAMP));
    return "{\"id\":%d,\"number\":%d,\"title\":\"Issue %d\",\"state\":\"open\",\"updated_at\":\"%s\"}"
        .formatted(1_000_000 + index, index + 1, index, updated);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
