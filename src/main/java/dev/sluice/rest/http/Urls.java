package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Parameter;
import dev.sluice.rest.url.PercentEncoding;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of operations on URLs as text, so that the links of a source are followed exactly as sent.
 */
public final class Urls {
  /** The characters that have a meaning in a URL, in addition to the unreserved ones. */
  private static final String RESERVED = ":/?[]@!$&'()*+,;=";

  private Urls() {}

  public static boolean isAbsolute(String url) {
    return url.regionMatches(true, 0, "https://", 0, 8)
        || url.regionMatches(true, 0, "http://", 0, 7);
  }

  /** Returns the request's URL below the base, or the absolute one that it carries. */
  public static String of(URI base, Request request) {
    String path = request.path();
    if (isAbsolute(path)) {
      return with(path, request.query());
    }
    String root = base.toString();
    var url = new StringBuilder(root.length() + path.length() + 32 * request.query().size());
    url.append(root, 0, root.endsWith("/") ? root.length() - 1 : root.length());
    if (!path.isEmpty() && !path.startsWith("?")) {
      url.append('/');
    }
    url.append(path, path.startsWith("/") ? 1 : 0, path.length());
    return with(url.toString(), request.query());
  }

  static String with(String url, List<Parameter> query) {
    if (query.isEmpty()) {
      return url;
    }
    var longer = new StringBuilder(url);
    char separator = url.indexOf('?') < 0 ? '?' : '&';
    for (Parameter parameter : query) {
      longer
          .append(separator)
          .append(PercentEncoding.encode(parameter.name()))
          .append('=')
          .append(PercentEncoding.encode(parameter.value()));
      separator = '&';
    }
    return longer.toString();
  }

  /** Returns the value of the first query parameter of this name. */
  static Optional<String> parameter(String url, String name) {
    return query(url)
        .filter(pair -> isNamed(pair, name))
        .findFirst()
        .map(pair -> pair.substring(Math.min(pair.length(), pair.indexOf('=') + 1)))
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8));
  }

  /** Returns the URL with another value of the query parameters of this name. */
  static String replaced(String url, String name, String value) {
    String pairs =
        query(url)
            .map(
                pair ->
                    isNamed(pair, name) ? name(pair) + "=" + PercentEncoding.encode(value) : pair)
            .collect(Collectors.joining("&"));
    return url.substring(0, url.indexOf('?') + 1) + pairs;
  }

  private static Stream<String> query(String url) {
    int question = url.indexOf('?');
    return question < 0 ? Stream.empty() : Stream.of(url.substring(question + 1).split("&", -1));
  }

  private static boolean isNamed(String pair, String name) {
    return pair.contains("=") && URLDecoder.decode(name(pair), StandardCharsets.UTF_8).equals(name);
  }

  private static String name(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  /** Returns the URL without any query parameter of this name. */
  public static String without(String url, String parameter) {
    int question = url.indexOf('?');
    if (question < 0) {
      return url;
    }
    String name = PercentEncoding.encode(parameter);
    var kept = new StringBuilder(url.substring(0, question));
    char separator = '?';
    for (String pair : url.substring(question + 1).split("&", -1)) {
      if (!pair.equals(name) && !pair.startsWith(name + "=")) {
        kept.append(separator).append(pair);
        separator = '&';
      }
    }
    return kept.toString();
  }

  /**
   * Resolves a link from the response to a request for {@code base}.
   *
   * @throws IllegalArgumentException when it is no URL
   */
  public static String resolve(String base, String link) {
    String reference = legal(link.strip());
    if (isAbsolute(reference)) {
      return URI.create(reference).toString();
    }
    if (reference.isEmpty() || reference.startsWith("?")) {
      // java.net.URI would drop the last segment of the path here
      int question = base.indexOf('?');
      return (question < 0 ? base : base.substring(0, question)) + reference;
    }
    return URI.create(base).resolve(URI.create(reference)).toString();
  }

  /**
   * Escapes the characters that sources put into links although no URL may contain them; drops the
   * fragment.
   */
  private static String legal(String link) {
    int fragment = link.indexOf('#');
    String url = fragment < 0 ? link : link.substring(0, fragment);
    var legal = new StringBuilder(PercentEncoding.encode(url, RESERVED + "%"));
    for (int i = legal.indexOf("%"); i >= 0; i = legal.indexOf("%", i + 1)) {
      if (!isHex(legal, i + 1) || !isHex(legal, i + 2)) {
        legal.insert(i + 1, "25");
      }
    }
    return legal.toString();
  }

  private static boolean isHex(CharSequence text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
  }
}
