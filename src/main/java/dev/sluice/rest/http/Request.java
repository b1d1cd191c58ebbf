package dev.sluice.rest.http;

import dev.sluice.rest.url.PercentEncoding;
import dev.sluice.spi.ConnectorApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request to the source, without credentials. Two requests are equal when they ask for the same,
 * so that a page that links to one already seen is noticed.
 *
 * @param path relative to the client's base URL and percent-encoded, or an absolute URL such as a
 *     next link, which is sent byte for byte
 * @param query parameters in plain text, added after the query that the path may have
 * @param body JSON
 */
@ConnectorApi
public record Request(Method method, String path, List<Parameter> query, Optional<String> body) {

  /** The HTTP method of a request. */
  public enum Method {
    GET,
    POST
  }

  /** A query parameter in plain text. */
  public record Parameter(String name, String value) {}

  public Request {
    query = List.copyOf(query);
  }

  /**
   * Returns a GET for a path such as {@code repos/{owner}/{repo}/issues}, whose placeholders the
   * segments fill in their order, percent-encoded.
   */
  public static Request get(String pathTemplate, String... segments) {
    return new Request(
        Method.GET, PercentEncoding.fill(pathTemplate, segments), List.of(), Optional.empty());
  }

  /** Returns a POST of a JSON body; the path is as in {@link #get}. */
  public static Request post(String pathTemplate, String jsonBody, String... segments) {
    return new Request(
        Method.POST,
        PercentEncoding.fill(pathTemplate, segments),
        List.of(),
        Optional.of(jsonBody));
  }

  /** Adds or replaces a query parameter, in the link itself where that has it. */
  public Request with(String parameter, String value) {
    return Urls.parameter(path, parameter).isPresent()
        ? new Request(method, Urls.replaced(path, parameter, value), query, body)
        : with(parameter, "", value);
  }

  /**
   * Adds or replaces a query parameter whose value begins with a prefix, such as FHIR's {@code ge}.
   * Others of the same name stay.
   */
  public Request with(String parameter, String prefix, String value) {
    var changed = new ArrayList<Parameter>(query.size() + 1);
    boolean replaced = false;
    for (Parameter old : query) {
      if (!old.name().equals(parameter) || !old.value().startsWith(prefix)) {
        changed.add(old);
      } else if (!replaced) {
        changed.add(new Parameter(parameter, prefix + value));
        replaced = true;
      }
    }
    if (!replaced) {
      changed.add(new Parameter(parameter, prefix + value));
    }
    return new Request(method, path, changed, body);
  }

  /** Adds or replaces a query parameter; changes nothing when there is no value. */
  public Request with(String parameter, Optional<String> value) {
    return value.map(text -> with(parameter, text)).orElse(this);
  }

  /** Returns the value of a query parameter, which a link may have in its path. */
  public Optional<String> parameter(String name) {
    return query.stream()
        .filter(p -> p.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .or(() -> Urls.parameter(path, name));
  }

  /** Returns the value of a query parameter that is a whole number. */
  public OptionalLong number(String name) {
    return parameter(name)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }
}
