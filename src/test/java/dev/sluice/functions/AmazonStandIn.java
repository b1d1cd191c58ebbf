package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Takes messages and schedules over the protocols of SQS and EventBridge Scheduler. */
final class AmazonStandIn implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final List<JsonNode> hidings = new CopyOnWriteArrayList<>();
  private final Map<String, JsonNode> schedules = new ConcurrentHashMap<>();
  private final List<String> conflicts = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private volatile String refusal = error("AccessDenied", "not allowed to do it");

  private AmazonStandIn(HttpServer server) {
    this.server = server;
  }

  static AmazonStandIn start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var standIn = new AmazonStandIn(server);
    server.createContext("/", standIn::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return standIn;
  }

  /** What leads the SDK here. */
  Map<String, String> variables() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "test",
        "AWS_SECRET_ACCESS_KEY", "test",
        "AWS_ENDPOINT_URL_SQS", url,
        "AWS_ENDPOINT_URL_SCHEDULER", url);
  }

  /** The requests that sent one, in their order. */
  List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** The requests that hid messages, in their order. */
  List<JsonNode> hidings() {
    return List.copyOf(hidings);
  }

  /** The requests that created one, by name. */
  Map<String, JsonNode> schedules() {
    return new TreeMap<>(schedules);
  }

  /** The names of those that were there already. */
  List<String> conflicts() {
    return List.copyOf(conflicts);
  }

  /** From now on, what has this text in it is refused. */
  void refuse(String text) {
    refused.add(text);
  }

  /** As {@link #refuse(String)}, with another error than that of a role that may not. */
  void refuse(String text, String code, String message) {
    refusal = error(code, message);
    refuse(text);
  }

  private static String error(String code, String message) {
    return MAPPER.createObjectNode().put("__type", code).put("message", message).toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      String text = new String(request, StandardCharsets.UTF_8);
      if (refused.stream().anyMatch(text::contains)) {
        reply(exchange, 403, refusal);
        return;
      }
      URI target = exchange.getRequestURI();
      JsonNode json = MAPPER.readTree(request);
      String operation = exchange.getRequestHeaders().getFirst("x-amz-target");
      if ("AmazonSQS.SendMessage".equals(operation)) {
        messages.add(json);
        reply(exchange, 200, sent(json.path("MessageBody").asText()));
      } else if ("AmazonSQS.ChangeMessageVisibilityBatch".equals(operation)) {
        hidings.add(json);
        reply(exchange, 200, hidden(json.path("Entries")));
      } else if (exchange.getRequestMethod().equals("POST")
          && target.getPath().startsWith("/schedules/")) {
        create(exchange, target.getPath().substring("/schedules/".length()), json);
      } else {
        reply(exchange, 404, "{\"__type\":\"UnknownOperationException\"}");
      }
    }
  }

  private void create(HttpExchange exchange, String name, JsonNode schedule) throws IOException {
    if (schedules.putIfAbsent(name, schedule) == null) {
      reply(exchange, 200, "{\"ScheduleArn\":\"arn:aws:scheduler:x:1:schedule/g/" + name + "\"}");
    } else {
      conflicts.add(name);
      exchange.getResponseHeaders().set("x-amzn-ErrorType", "ConflictException");
      reply(exchange, 409, "{\"Message\":\"Schedule " + name + " already exists.\"}");
    }
  }

  private String sent(String body) {
    return MAPPER
        .createObjectNode()
        .put("MessageId", "m" + messages.size())
        .put("MD5OfMessageBody", md5(body))
        .toString();
  }

  /** A receipt that is over is refused by itself. */
  private static String hidden(JsonNode entries) {
    var answer = MAPPER.createObjectNode();
    var successful = answer.putArray("Successful");
    var failed = answer.putArray("Failed");
    for (JsonNode entry : entries) {
      if (entry.path("ReceiptHandle").asText().equals("over")) {
        failed
            .addObject()
            .put("Id", entry.path("Id").asText())
            .put("SenderFault", true)
            .put("Code", "ReceiptHandleIsInvalid")
            .put("Message", "The receipt handle has expired");
      } else {
        successful.addObject().put("Id", entry.path("Id").asText());
      }
    }
    return answer.toString();
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
