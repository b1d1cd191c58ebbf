package dev.sluice.aws.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Secrets Manager and the Parameter Store as far as we call them, and refusals in the name of any
 * service that speaks the JSON protocol.
 */
public final class JsonServices implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Refusal(int status, String type, String message) {}

  private final HttpServer server;
  private final Map<String, ObjectNode> values = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private JsonServices(HttpServer server) {
    this.server = server;
  }

  public static JsonServices start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var services = new JsonServices(HttpServer.create(address, 0));
      services.server.createContext("/", services::answer);
      services.server.start();
      return services;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public JsonServices secret(String id, String text) {
    values.put("secretsmanager.GetSecretValue " + id, object().put("SecretString", text));
    return this;
  }

  public JsonServices binarySecret(String id, String base64) {
    values.put("secretsmanager.GetSecretValue " + id, object().put("SecretBinary", base64));
    return this;
  }

  /** One that is only told to whoever wants it decrypted. */
  public JsonServices parameter(String name, String text) {
    var answer = object();
    answer.putObject("Parameter").put("Type", "SecureString").put("Value", text);
    values.put("AmazonSSM.GetParameter " + name, answer);
    return this;
  }

  /** Refuses every call from now on whose target begins so. */
  public JsonServices refuse(String target, int status, String type, String message) {
    refusals.put(target, new Refusal(status, type, message));
    return this;
  }

  public JsonServices refuseNothing() {
    refusals.clear();
    return this;
  }

  /** The target of each call and what it named. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      String target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
      String call =
          (target + " " + body.path("SecretId").asText(body.path("Name").asText())).strip();
      calls.add(call);
      var refusal =
          refusals.entrySet().stream()
              .filter(entry -> call.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst();
      ObjectNode value = values.get(call);
      if (refusal.isPresent()) {
        refuse(exchange, refusal.get());
      } else if (value == null) {
        String type =
            target.startsWith("AmazonSSM") ? "ParameterNotFound" : "ResourceNotFoundException";
        refuse(exchange, new Refusal(400, type, "not there"));
      } else if (value.has("Parameter") && !body.path("WithDecryption").asBoolean()) {
        send(exchange, 200, value.deepCopy().put("Parameter", "encrypted"));
      } else {
        send(exchange, 200, value);
      }
    }
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    send(
        exchange,
        refusal.status(),
        object().put("__type", refusal.type()).put("message", refusal.message()));
  }

  private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
