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

  /** The shape of every error of this API. */
  public static ApiAnswer error(int status, String message) {
    return json(status, ApiJson.write(Map.of("error", message)));
  }

  /** This answer with a header added, or replaced where it was there. */
  public ApiAnswer with(String header, String value) {
    Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    changed.putAll(headers);
    changed.put(header, value);
    return new ApiAnswer(status, changed, body, unsentBytes);
  }

  /** This answer from a server that hangs up before the body is complete. */
  public ApiAnswer truncated() {
    return new ApiAnswer(status, headers, body, 1);
  }
}
