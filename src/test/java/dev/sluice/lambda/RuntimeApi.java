package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.lambda.FunctionAnswer.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What Lambda offers to the runtime of one process: the next event, and where answers go. */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";

  static {
    // Read once, when the server's classes are loaded: headers and body are sent apart.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<FunctionAnswer>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<FunctionAnswer> initializationError = new CompletableFuture<>();

  private final CountDownLatch snapshot = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);

  private record Event(String requestId, String body, Instant deadline) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PREFIX, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  CompletableFuture<FunctionAnswer> send(String requestId, String body, Instant deadline) {
    events.add(new Event(requestId, body, deadline));
    return answer(requestId);
  }

  private CompletableFuture<FunctionAnswer> answer(String requestId) {
    return answers.computeIfAbsent(requestId, id -> new CompletableFuture<>());
  }

  /** Waits until the process is ready to be frozen, which is its last act before its restore. */
  void awaitSnapshot() {
    try {
      assertThat(snapshot.await(1, TimeUnit.MINUTES)).as("gets ready for a snapshot").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void restore() {
    restored.countDown();
  }

  /** Completes when the runtime says that it cannot start. */
  CompletableFuture<FunctionAnswer> initializationError() {
    return initializationError;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> {
          snapshot.countDown();
          restored.await();
          reply(exchange, 200, "");
        }
        case "init/error" -> {
          initializationError.complete(new FunctionAnswer("", Kind.INITIALIZATION_ERROR, body));
          reply(exchange, 202, "");
        }
        default -> {
          String[] parts = path.split("/", -1);
          Kind kind = parts[2].equals("response") ? Kind.RESPONSE : Kind.ERROR;
          reply(exchange, 202, "");
          answer(parts[1]).complete(new FunctionAnswer(parts[1], kind, body));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    Event event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", event.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadline().toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:123456789012:function:sluice:live");
    headers.set("Content-Type", "application/json");
    reply(exchange, 200, event.body());
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
