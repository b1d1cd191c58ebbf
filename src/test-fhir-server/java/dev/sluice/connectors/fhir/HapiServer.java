package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A real server in a process of its own, and what a client without Sluice asks of it. */
final class HapiServer implements AutoCloseable {
  private static final String JSON = "application/fhir+json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String base;

  private HapiServer(Process process, String base) {
    this.process = process;
    this.base = base;
  }

  static HapiServer start() throws IOException {
    String heap = System.getProperty("proof.heap", "4g");
    Process process =
        new JavaProgram("HapiServer", List.of("-Xmx" + heap, "-XX:+UseParallelGC")).start();
    BufferedReader out =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("http")) {
      line = out.readLine();
    }
    return new HapiServer(process, Objects.requireNonNull(line, "The server did not start"));
  }

  String base() {
    return base;
  }

  String version() throws Exception {
    return get("/metadata").path("software").path("version").asText();
  }

  /** A transaction, all or nothing. */
  JsonNode post(byte[] bundle) throws Exception {
    return send(request("").POST(HttpRequest.BodyPublishers.ofByteArray(bundle)));
  }

  /** A transaction of requests without a resource or with one. */
  void transaction(String method, Map<String, ObjectNode> resources) throws Exception {
    ObjectNode bundle = Resources.MAPPER.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    resources.forEach(
        (reference, resource) -> {
          ObjectNode entry = bundle.withArrayProperty("entry").addObject();
          if (!method.equals("DELETE")) {
            entry.set("resource", resource);
          }
          entry.putObject("request").put("method", method).put("url", reference);
        });
    post(bundle.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As the server counts them. */
  int count(String type) throws Exception {
    return get("/" + type + "?_summary=count").path("total").asInt();
  }

  /** By identifier. */
  Map<String, ObjectNode> all(String type) throws Exception {
    Map<String, ObjectNode> all = new TreeMap<>();
    String next = "/" + type + "?_count=1000";
    while (!next.isEmpty()) {
      JsonNode bundle = get(next);
      for (JsonNode entry : bundle.path("entry")) {
        all.put(entry.path("resource").path("id").asText(), (ObjectNode) entry.path("resource"));
      }
      next = "";
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asText().equals("next")) {
          next = link.path("url").asText().substring(base.length());
        }
      }
    }
    return all;
  }

  private JsonNode get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofMinutes(30))
        .header("Content-Type", JSON)
        .header("Accept", JSON)
        .header("Cache-Control", "no-cache");
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Resources.MAPPER.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }
}
