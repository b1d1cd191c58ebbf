package dev.sluice.connectors.example.api;

import java.util.Map;
import java.util.TreeMap;

/** One HTTP response; {@code unsentBytes} are announced as part of the body but never sent. */
public record ApiAnswer(int status, Map<String, String> headers, String body, int unsentBytes) {

  public ApiAnswer {
    headers = Map.copyOf(headers);
    if (unsentBytes < 0) {
      throw new IllegalArgumentException("Not a number of bytes: " + unsentBytes);
    }
  }

  public static ApiAnswer json(int status, String body) {
    return new ApiAnswer(status, Map.of("Content-Type", "application/json"), body, 0);
  }

  /** Returns an error in the shape that all errors of this API have. */
  public static ApiAnswer error(int status, String message) {
    return json(status, ApiJson.write(Map.of("error", message)));
  }

  /** Returns this response with a header added or replaced. */
  public ApiAnswer with(String header, String value) {
    Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    changed.putAll(headers);
    changed.put(header, value);
    return new ApiAnswer(status, changed, body, unsentBytes);
  }

  /** Returns this response from a server that closes the connection before the body is complete. */
  public ApiAnswer truncated() {
    return new ApiAnswer(status, headers, body, 1);
  }
}
