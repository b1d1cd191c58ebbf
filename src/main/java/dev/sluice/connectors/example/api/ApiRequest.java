package dev.sluice.connectors.example.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One HTTP request, read as a whole. */
record ApiRequest(String method, URI target, Optional<String> authorization, String body) {

  static ApiRequest read(HttpExchange exchange) throws IOException {
    return new ApiRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Returns the decoded segments of the path; a trailing slash is ignored. */
  List<String> path() {
    String path = target.getRawPath().replaceFirst("^/", "").replaceFirst("/$", "");
    return path.isEmpty()
        ? List.of()
        : Arrays.stream(path.split("/", -1)).map(ApiRequest::decodedSegment).toList();
  }

  /** Returns the decoded query parameters, by name. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    String query = target.getRawQuery();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]);
      if (parameters.put(name, parts.length < 2 ? "" : decoded(parts[1])) != null) {
        throw RefusedRequest.badRequest("Query parameter '" + name + "' is given twice");
      }
    }
    return parameters;
  }

  /** Returns whether it asks for a page of records or of tombstones. */
  boolean isForPage() {
    return method.equals("GET")
        && path().size() == 3
        && List.of("records", "deleted_records").contains(path().get(2));
  }

  /** Decodes a segment of a path. A plus sign means a blank in a query, but itself in a path. */
  private static String decodedSegment(String segment) {
    return decoded(segment.replace("+", "%2B"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
