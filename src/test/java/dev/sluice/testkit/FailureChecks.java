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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A source that fails: said, with the right kind, made good by the next run, without a secret. */
final class FailureChecks {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> HTML = Map.of("Content-Type", "text/html");
  private static final Duration WAIT = Duration.ofHours(2);

  /** As whole as it is wrong: asking again does not change it. */
  private static final Fault NO_RECORDS = answer(200, JSON, "null");

  private static final Dimension<Integer> STATUS =
      new Dimension<>("status", String::valueOf, status -> Set.of());

  private FailureChecks() {}

  /** A fault that lasts, and what must be said of it. */
  record Outage(String name, Fault fault, Kind kind) {

    /** Whether the source says itself that it does not answer. */
    boolean isRefusal() {
      return fault instanceof Fault.Answer answer && answer.status() != 200;
    }

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

  static Grid outages(Subject subject) {
    return Grid.ONE
        .by(Dimension.OUTAGE, outages())
        .by(Dimension.CAP, List.of(Reader.NO_CAP, 2))
        .by(Dimension.MOMENT, Moment.spread(3));
  }

  static void outageIsSaidAndMadeGood(Subject subject, Case each, Requests requests) {
    CursorLayout layout = subject.filled();
    Outage outage = each.of(Dimension.OUTAGE);
    int cap = each.of(Dimension.CAP);
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout)).cap(cap);
    int moment =
        each.of(Dimension.MOMENT)
            .request(requests.of(subject, "cap " + cap, () -> reader.read(Offset.START)));
    wire.beforeRequest(moment, () -> wire.fail(outage.fault()));

    Run broken = reader.attempt(Flow.DATA, Offset.START);
    wire.recover();
    Run rest = reader.read(broken.end());

    Sink sink = new Sink(subject).add(broken);
    requireSaid(broken, outage, sink);
    sink.add(rest).requireWhole("after recovery ");
  }

  /** A page that was fetched ahead and is not needed may fail unheard. */
  static void requireSaid(Run run, Outage outage, Sink sink) {
    if (run.failure().isEmpty()) {
      if (!sink.problems().isEmpty()) {
        throw new AssertionError(
            "no failure, but " + run.records().size() + " records as if that were all");
      }
      return;
    }
    ConnectorException failure = run.failure().get();
    List<String> problems = new ArrayList<>();
    if (failure.kind() != outage.kind()) {
      problems.add(
          "%s in place of %s: %s".formatted(failure.kind(), outage.kind(), failure.getMessage()));
    }
    if (outage.kind() == Kind.CONFIGURATION && !failure.isAccessDenied()) {
      problems.add("not said to be a refused credential");
    }
    Problems.require("", problems);
  }

  static Grid passingFaults(Subject subject) {
    return Grid.ONE.by(Dimension.OUTAGE, passing()).by(Dimension.MOMENT, Moment.spread(3));
  }

  static void passingFaultIsSurvived(Subject subject, Case each, Requests requests) {
    CursorLayout layout = subject.filled();
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    int moment =
        each.of(Dimension.MOMENT)
            .request(requests.of(subject, "", () -> reader.read(Offset.START)));
    wire.beforeRequest(
        moment,
        () -> {
          wire.fail(each.of(Dimension.OUTAGE).fault());
          wire.beforeRequest(1, wire::recover);
        });

    Run run = reader.attempt(Flow.DATA, Offset.START);
    wire.recover();

    assertThat(run.failure().map(Throwable::getMessage)).as("how the read failed").isEmpty();
    new Sink(subject).add(run).requireWhole();
  }

  static void longWaitIsHandedOn(Subject subject, Case each) {
    CursorLayout layout = subject.filled();
    int status = each.of(STATUS);
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

  static Grid busyStatuses(Subject subject) {
    return Grid.ONE.by(STATUS, List.of(429, 503));
  }

  static void repeatedPageIsRefused(Subject subject) {
    CursorLayout layout = subject.filled(CursorLayout.allEqual(subject.standIn().resolution()));
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    wire.fail(Fault.Spoilt.FIRST_PAGE_AGAIN);

    Run run = reader.attempt(Flow.DATA, Offset.START);
    wire.recover();
    Run rest = reader.read(run.end());

    assertThat(run.failure().map(ConnectorException::kind)).contains(Kind.PROTOCOL);
    new Sink(subject).add(run).add(rest).requireWhole();
  }

  static void elementThatIsNoRecordIsRefused(Subject subject) {
    CursorLayout layout = subject.filled();
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    wire.fail(Fault.Spoilt.NULL_ELEMENT);

    Run run = reader.attempt(Flow.DATA, Offset.START);
    wire.recover();
    Run rest = reader.read(run.end());

    assertThat(run.failure().map(ConnectorException::kind)).contains(Kind.PROTOCOL);
    new Sink(subject).add(run).add(rest).requireWhole();
  }

  /** A source may count what it does not show; so it is a failure, or at least said. */
  static void totalThatIsNotReachedIsSaid(Subject subject) {
    CursorLayout layout = subject.filled();
    List<String> warnings = new CopyOnWriteArrayList<>();
    var heard =
        subject.with(
            new RequestListener() {
              @Override
              public void warning(String message) {
                warnings.add(message);
              }
            });
    Interceptor wire = subject.source().wire();
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(heard, subject.startedAfter(layout));
    wire.fail(Fault.Spoilt.WITHOUT_NEXT);

    Run run = reader.attempt(Flow.DATA, Offset.START);

    String said = run.failure().map(Throwable::getMessage).orElse(String.join("\n", warnings));
    assertThat(said)
        .as("what is said of a list that ends early")
        .contains("without a link to more");
  }

  static void secretsStaySecret(Subject subject) {
    CursorLayout layout = subject.filled();
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
