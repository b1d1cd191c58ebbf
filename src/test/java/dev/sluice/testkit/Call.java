package dev.sluice.testkit;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as a stand-in sees it.
 *
 * @param path decoded, without the query
 * @param query decoded, in the order of the URL; the values of a repeated name are one on a line
 * @param headers by lower-case name
 */
public record Call(
    String method,
    URI baseUrl,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  /** As in a URL, with its question mark; empty without parameters. */
  public String queryString() {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .flatMap(
                entry ->
                    Arrays.stream(entry.getValue().split("\n", -1))
                        .map(value -> encode(entry.getKey()) + "=" + encode(value)))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Of a repeated name the last. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name))
        .map(values -> values.substring(values.lastIndexOf('\n') + 1));
  }

  public List<String> queries(String name) {
    return Optional.ofNullable(query.get(name))
        .map(values -> List.of(values.split("\n", -1)))
        .orElse(List.of());
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
