package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Method;
import dev.sluice.rest.http.Request.Parameter;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request on its way through an {@link Exchange}.
 *
 * @param request that the connector made
 * @param method of what is sent; a redirect may have changed it
 * @param url that it is sent to, without credentials
 * @param headers by their names, which are not case-sensitive
 * @param credential a query parameter that no message shows
 * @param content of the body
 * @param accepted statuses that answer it, in addition to 200
 */
public record Call(
    Request request,
    Method method,
    String url,
    Map<String, String> headers,
    Optional<Parameter> credential,
    Optional<Content> content,
    AcceptedStatuses accepted) {

  /** A body and its media type. */
  public record Content(String type, String text) {

    public static Content json(String text) {
      return new Content("application/json", text);
    }

    public static Content form(String text) {
      return new Content("application/x-www-form-urlencoded", text);
    }
  }

  public Call {
    var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** Returns the call for a connector's request, whose URL is below the base or absolute. */
  public static Call of(URI base, Request request, AcceptedStatuses accepted) {
    return new Call(
        request,
        request.method(),
        Urls.of(base, request),
        Map.of(),
        Optional.empty(),
        request.method() == Method.POST
            ? Optional.of(Content.json(request.body().orElse("")))
            : Optional.empty(),
        accepted);
  }

  /** Returns a GET for a URL. */
  public static Call get(URI url) {
    return of(
        url,
        new Request(Method.GET, url.toString(), List.of(), Optional.empty()),
        AcceptedStatuses.NONE);
  }

  /** Returns a POST of a body to a URL. */
  public static Call post(URI url, Content content) {
    return new Call(
        new Request(Method.POST, url.toString(), List.of(), Optional.empty()),
        Method.POST,
        url.toString(),
        Map.of(),
        Optional.empty(),
        Optional.of(content),
        AcceptedStatuses.NONE);
  }

  /** Adds headers, or replaces those of the same names. */
  public Call with(Map<String, String> added) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.putAll(added);
    return new Call(request, method, url, all, credential, content, accepted);
  }

  /** Adds the credential that is a query parameter. */
  Call with(Optional<Parameter> credential) {
    return new Call(request, method, url, headers, credential, content, accepted);
  }

  /**
   * Returns the call to another URL, without the credential, which a redirect may have repeated.
   */
  Call redirected(String target) {
    String plain = credential.map(key -> Urls.without(target, key.name())).orElse(target);
    return new Call(request, method, plain, headers, credential, content, accepted);
  }

  /** Returns the GET that follows a redirected POST. */
  Call asGet() {
    return new Call(request, Method.GET, url, headers, credential, Optional.empty(), accepted);
  }

  /** Returns the URL with the credential, as it is sent. */
  String target() {
    return credential
        .map(key -> Urls.with(Urls.without(url, key.name()), List.of(key)))
        .orElse(url);
  }

  /** Returns method and URL, for messages. */
  public String place() {
    return method + " " + url;
  }
}
