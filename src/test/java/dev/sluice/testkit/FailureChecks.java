package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RequestListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A source that fails: said, with the right kind, made good by the next run, without a secret. */
final class FailureChecks {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> HTML = Map.of("Content-Type", "text/html");
  private static final Duration WAIT = Duration.ofHours(2);

  /** As whole as it is wrong: asking again does not change it. */
  private static final Fault NO_RECORDS = answer(200, JSON, "null");

  private FailureChecks() {}

  /** A fault that lasts, and what must be said of it. */
  record Outage(String name, Fault fault, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Outage> outages() {
    return List.of(
        new Outage("401", status(401), Kind.CONFIGURATION),
        new Outage("403", status(403), Kind.CONFIGURATION),
        new Outage("429", status(429), Kind.TRANSIENT),
        new Outage("500", status(500), Kind.TRANSIENT),
        new Outage("502", status(502), Kind.TRANSIENT),
        new Outage("503", status(503), Kind.TRANSIENT),
        new Outage("504", status(504), Kind.TRANSIENT),
        new Outage("truncated body", Fault.Spoilt.TRUNCATED, Kind.PROTOCOL),
        new Outage("truncated chunks", Fault.Spoilt.TRUNCATED_CHUNKS, Kind.PROTOCOL),
        new Outage("HTML", answer(200, HTML, "<html><body>Log in</body></html>"), Kind.PROTOCOL),
        new Outage("malformed JSON", answer(200, JSON, "[{\"id\": 1,, }]"), Kind.PROTOCOL),
        new Outage("JSON of another shape", NO_RECORDS, Kind.PROTOCOL));
  }

  /** Those after which trying again helps. */
  static List<Outage> passing() {
    return outages().stream()
        .filter(outage -> outage.kind() != Kind.CONFIGURATION && !outage.fault().equals(NO_RECORDS))
        .toList();
  }

  /** Whatever waits for these waits no longer than a moment. */
  private static Fault status(int status) {
    var headers = new TreeMap<>(JSON);
    if (status == 429 || status >= 500) {
      headers.put("Retry-After", "0");
    }
    return answer(status, headers, "{\"message\": \"forced\", \"error\": \"forced\"}");
  }

  private static Fault answer(int status, Map<String, String> headers, String body) {
    return new Fault.Answer(status, headers, body);
  }

  static void outageIsSaidAndMadeGood(Subject subject, CursorLayout layout, Outage outage) {
    List<String> problems = new ArrayList<>();
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    for (int cap : List.of(2, Reader.NO_CAP)) {
      Reader reader = Reader.of(subject, subject.startedAfter(layout)).cap(cap);
      int requests = reader.read(Offset.START).requests();
      for (int moment : ChangeChecks.moments(requests, 3)) {
        String place = ReadChecks.place(cap, 3) + "from request " + moment + " on: ";
        wire.beforeRequest(moment, () -> wire.fail(outage.fault()));
        Run broken = reader.attempt(Flow.DATA, Offset.START);
        wire.recover();
        Run rest = reader.read(broken.end());

        Sink sink = new Sink(subject).add(broken);
        problems.addAll(problems(place, broken, outage, sink));
        ReadChecks.note(problems, place + "after recovery ", sink.add(rest));
      }
    }
    assertThat(problems).isEmpty();
  }

  /** A page that was fetched ahead and is not needed may fail unheard. */
  static List<String> problems(String place, Run run, Outage outage, Sink sink) {
    if (run.failure().isEmpty()) {
      return sink.problems().isEmpty()
          ? List.of()
          : List.of(
              place + "no failure, but " + run.records().size() + " records as if that were all");
    }
    ConnectorException failure = run.failure().get();
    List<String> problems = new ArrayList<>();
    if (failure.kind() != outage.kind()) {
      problems.add(
          "%s%s in place of %s: %s"
              .formatted(place, failure.kind(), outage.kind(), failure.getMessage()));
    }
    if (outage.kind() == Kind.CONFIGURATION && !failure.isAccessDenied()) {
      problems.add(place + "not said to be a refused credential");
    }
    return problems;
  }

  static void passingFaultIsSurvived(Subject subject, CursorLayout layout, Outage outage) {
    List<String> problems = new ArrayList<>();
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    int requests = reader.read(Offset.START).requests();
    for (int moment : ChangeChecks.moments(requests, 3)) {
      wire.beforeRequest(
          moment,
          () -> {
            wire.fail(outage.fault());
            wire.beforeRequest(1, wire::recover);
          });
      Run run = reader.attempt(Flow.DATA, Offset.START);
      wire.recover();

      String place = "at request " + moment + ": ";
      run.failure().ifPresent(failure -> problems.add(place + failure.getMessage()));
      ReadChecks.note(problems, place, new Sink(subject).add(run));
    }
    assertThat(problems).isEmpty();
  }

  static void longWaitIsHandedOn(Subject subject, CursorLayout layout, int status) {
    Instant startedAt = subject.startedAfter(layout);
    var headers = new TreeMap<>(JSON);
    headers.put("Retry-After", String.valueOf(WAIT.toSeconds()));
    subject.source().wire().fail(answer(status, headers, "{\"message\": \"later\"}"));

    Run run = Reader.of(subject, startedAt).attempt(Flow.DATA, Offset.START);

    assertThat(run.failure().map(ConnectorException::kind)).contains(Kind.TRANSIENT);
    Optional<Instant> resumeAt = run.failure().flatMap(ConnectorException::resumeAt);
    assertThat(resumeAt).as("when trying again makes sense").isPresent();
    assertThat(resumeAt.orElseThrow())
        .isCloseTo(startedAt.plus(WAIT), within(5, ChronoUnit.SECONDS));
    assertThat(run.requests()).as("requests although none could help").isLessThanOrEqualTo(3);
  }

  static void repeatedPageIsRefused(Subject subject) {
    CursorLayout layout = CursorLayout.allEqual(subject.standIn().resolution());
    Interceptor wire = subject.source().wire();
    subject.standIn().replaceAll(layout.rows());
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    wire.fail(Fault.Spoilt.FIRST_PAGE_AGAIN);

    Run run = reader.attempt(Flow.DATA, Offset.START);
    wire.recover();
    Run rest = reader.read(run.end());

    assertThat(run.failure().map(ConnectorException::kind)).contains(Kind.PROTOCOL);
    assertThat(new Sink(subject).add(run).add(rest).problems()).isEmpty();
  }

  static void secretsStaySecret(Subject subject, CursorLayout layout) {
    List<String> secrets =
        subject.provider().connectionOptions().stream()
            .filter(option -> option.isSecret())
            .flatMap(option -> subject.source().connection().find(option).stream())
            .map(Object::toString)
            .toList();
    assertThat(secrets).as("secrets long enough to be recognised").allMatch(s -> s.length() >= 8);
    var said = new StringWriter();
    var out = new PrintWriter(said);
    var spied = subject.with(new Listener(out));
    Reader reader = Reader.of(spied, subject.startedAfter(layout));
    Interceptor wire = subject.source().wire();
    LogCapture.during(
        out,
        () -> {
          record(out, reader.attempt(Flow.DATA, Offset.START));
          outages().stream().map(Outage::fault).forEach(fault -> record(out, wire, reader, fault));
          secrets.stream()
              .flatMap(secret -> echoes(secret).stream())
              .forEach(fault -> record(out, wire, reader, fault));
        });
    out.flush();
    assertThat(said.toString()).as("all that was said").isNotEmpty();
    for (String secret : secrets) {
      assertThat(lines(said.toString(), secret)).as("lines with a secret").isEmpty();
    }
  }

  private static List<String> lines(String text, String secret) {
    return text.lines()
        .filter(line -> line.contains(secret))
        .map(line -> line.replace(secret, "(the secret)"))
        .distinct()
        .toList();
  }

  /** Sources that repeat what they were sent. */
  private static List<Fault> echoes(String secret) {
    String echo = "{\"message\": \"You sent " + secret + "\"}";
    return List.of(
        answer(401, JSON, echo),
        answer(404, JSON, echo),
        answer(500, Map.of("Retry-After", "0"), echo),
        answer(200, HTML, "<html>" + secret + "</html>"),
        answer(200, JSON, "[{\"token\": \"" + secret + "\",, }]"));
  }

  private static void record(PrintWriter out, Interceptor wire, Reader reader, Fault fault) {
    wire.fail(fault);
    record(out, reader.attempt(Flow.DATA, Offset.START));
    wire.recover();
  }

  private static void record(PrintWriter out, Run run) {
    out.println(run.end());
    run.records().forEach(record -> out.println(record.json()));
    run.failure().ifPresent(failure -> failure.printStackTrace(out));
  }

  /** Writes down what a connector tells its listener. */
  private record Listener(PrintWriter out) implements RequestListener {
    @Override
    public void retryPending(String reason, Duration pause) {
      out.println(reason);
    }

    @Override
    public void warning(String message) {
      out.println(message);
    }
  }
}
