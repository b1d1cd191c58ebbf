package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A response that has arrived completely. */
public final class Answer implements PauseAdvice.Refusal {
  private static final int TEXT_BYTES = 64 << 10;

  private final Method method;
  private final String url;
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final int length;

  /**
   * Creates a response and takes over the body.
   *
   * @param method that was answered
   * @param url that answered, without credentials
   * @param length of the body; the array may be longer
   */
  Answer(
      Method method,
      String url,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      int length) {
    this.method = method;
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.length = length;
  }

  public String url() {
    return url;
  }

  /** Returns method and URL, for messages. */
  public String place() {
    return method + " " + url;
  }

  @Override
  public int status() {
    return status;
  }

  /** Returns the body; only its first {@link #length} bytes are valid. */
  public byte[] body() {
    return body;
  }

  public int length() {
    return length;
  }

  /** Decides whether the response is what was asked for, and all of it. */
  public boolean isOk() {
    return status == 200;
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst().map(String::strip);
  }

  /** Returns the values of a header; its name is not case-sensitive. */
  public List<String> headers(String name) {
    for (var header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return List.of();
  }

  /** Returns the beginning of the body, for messages. */
  @Override
  public String text() {
    return new String(body, 0, Math.min(length, TEXT_BYTES), StandardCharsets.UTF_8);
  }
}
