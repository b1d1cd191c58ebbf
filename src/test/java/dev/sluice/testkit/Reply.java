package dev.sluice.testkit;

import java.util.Map;
import java.util.TreeMap;

/** An answer of a stand-in; an empty body is none. */
public record Reply(int status, Map<String, String> headers, String body) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, String body) {
    return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
  }

  public Reply with(String header, String value) {
    var changed = new TreeMap<>(headers);
    changed.put(header, value);
    return new Reply(status, changed, body);
  }

  public Reply with(Map<String, String> more) {
    var changed = new TreeMap<>(headers);
    changed.putAll(more);
    return new Reply(status, changed, body);
  }
}
