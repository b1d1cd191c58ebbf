package dev.sluice.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The end of a chain that answers by a script, without a network, and remembers the calls. */
final class ScriptedExchange implements Exchange {
  private record Line(int status, String text, Map<String, List<String>> headers) {}

  private final Deque<Line> script = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();

  /** Answers once by a status, a body and a header. */
  ScriptedExchange then(int status, String text, String header, String value) {
    script.add(new Line(status, text, Map.of(header, List.of(value))));
    return this;
  }

  ScriptedExchange then(int status) {
    script.add(new Line(status, "", Map.of()));
    return this;
  }

  @Override
  public Answer send(Call call) {
    calls.add(call);
    Line line = script.removeFirst();
    byte[] body = line.text().getBytes(StandardCharsets.UTF_8);
    return new Answer(call.method(), call.url(), line.status(), line.headers(), body, body.length);
  }

  List<Call> calls() {
    return calls;
  }

  List<String> places() {
    return calls.stream().map(Call::place).toList();
  }
}
