package dev.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A server of {@link Issues} in GitHub's way: sorted by {@code updated_at}, filtered by {@code
 * since}, the next page in the {@code Link} header. It spends little on a page, so that what is
 * measured is its client.
 */
final class IssueFeed implements AutoCloseable {
  static final String PATH = "/repos/o/r/issues";
  private static final int MOST_PER_PAGE = 1_000;

  private final Issues issues = new Issues(42);
  private final ServerSocketChannel server;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long count;
  private volatile Duration latency = Duration.ZERO;

  IssueFeed() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("issue-feed").start(this::accept);
  }

  void holds(long issues) {
    count = issues;
  }

  /** Waits so long before each answer. */
  void answersAfter(Duration time) {
    latency = time;
  }

  URI url() throws IOException {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort());
  }

  long requests() {
    return requests.get();
  }

  /** Of bodies. */
  long bytes() {
    return bytes.get();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Thread.ofPlatform().daemon().name("issue-feed-client").start(() -> serve(client));
      }
    } catch (IOException closed) {
      // the end of the benchmark
    }
  }

  private void serve(SocketChannel client) {
    ByteBuffer head = ByteBuffer.allocate(16 << 10);
    ByteBuffer body = ByteBuffer.allocateDirect(MOST_PER_PAGE * (issues.largest() + 1) + 2);
    try (client) {
      while (readHead(client, head)) {
        String request = new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII);
        head.clear();
        answer(
            request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP/")), client, body);
      }
    } catch (IOException gone) {
      // a client that is done, or was killed
    }
  }

  private static boolean readHead(SocketChannel client, ByteBuffer head) throws IOException {
    while (client.read(head) >= 0) {
      int end = head.position();
      if (end >= 4 && head.get(end - 4) == '\r' && head.get(end - 1) == '\n') {
        return true;
      }
    }
    return false;
  }

  private void answer(String target, SocketChannel client, ByteBuffer body) throws IOException {
    var query = query(target.substring(target.indexOf('?') + 1));
    int size = Math.min(MOST_PER_PAGE, Integer.parseInt(query.getOrDefault("per_page", "30")));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    long first = query.containsKey("since") ? Issues.before(Instant.parse(query.get("since"))) : 0;
    long from = Math.min(count, first + (page - 1L) * size);
    long to = Math.min(count, from + size);
    body.clear().put((byte) '[');
    for (long index = from; index < to; index++) {
      issues.write(index, body);
      body.put((byte) (index < to - 1 ? ',' : ']'));
    }
    if (from == to) {
      body.put((byte) ']');
    }
    requests.incrementAndGet();
    bytes.addAndGet(body.flip().limit());
    LockSupport.parkNanos(latency.toNanos());
    write(client, ByteBuffer.wrap(head(query, page, to < count, body.limit())));
    write(client, body);
  }

  private byte[] head(Map<String, String> query, int page, boolean goesOn, int length)
      throws IOException {
    String link = "";
    if (goesOn) {
      query.put("page", Integer.toString(page + 1));
      String next =
          query.entrySet().stream()
              .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
              .collect(Collectors.joining("&"));
      link = "Link: <%s%s?%s>; rel=\"next\"\r\n".formatted(url(), PATH, next);
    }
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(length, link)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Map<String, String> query(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(part -> part.split("=", 2))
        .filter(part -> part.length == 2)
        .collect(
            Collectors.toMap(
                part -> part[0],
                part -> part[1].replace("%3A", ":"),
                (first, second) -> second,
                LinkedHashMap::new));
  }

  private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
