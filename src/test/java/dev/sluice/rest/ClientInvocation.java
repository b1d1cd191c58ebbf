package dev.sluice.rest;

import dev.sluice.rest.http.RetryPolicy;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One invocation as a client sees it: context, patience, and a listener that remembers. */
public class ClientInvocation implements RequestListener {
  private final InstantSource clock;
  private final Deadline deadline;
  private final AtomicInteger sent = new AtomicInteger();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private Options options = Options.NONE;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  public ClientInvocation() {
    this(Duration.ofMinutes(1), InstantSource.system());
  }

  public ClientInvocation(Duration budget, InstantSource clock) {
    this.clock = clock;
    this.deadline = Deadline.after(budget, clock);
  }

  /** Adds an option of the connection. */
  public ClientInvocation with(String option, String value) {
    options = options.with(option, value);
    return this;
  }

  ConnectorContext context() {
    return new ConnectorContext(
        options, Instant.parse("2026-03-01T12:00:00Z"), deadline, clock, this);
  }

  /** A client that does not let a test wait, of a source whose errors have a {@code message}. */
  public ApiClient.Builder client(URI url) {
    return ApiClient.of(context(), url)
        .errorMessage("message")
        .retry(new RetryPolicy(3, Duration.ofMillis(1)));
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
  }

  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void requestSent() {
    sent.incrementAndGet();
  }

  @Override
  public void retryPending(String reason, Duration pause) {
    reasons.add(reason);
    pauses.add(pause);
  }

  public int sent() {
    return sent.get();
  }

  public List<Duration> pauses() {
    return pauses;
  }

  public List<String> reasons() {
    return reasons;
  }
}
