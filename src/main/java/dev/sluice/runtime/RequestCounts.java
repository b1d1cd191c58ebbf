package dev.sluice.runtime;

import dev.sluice.runtime.report.SyncListener;
import dev.sluice.spi.RequestListener;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the requests of a connector, keeps the warnings about a table, and passes on what an
 * operator wants to see at once.
 */
final class RequestCounts implements RequestListener {
  private static final int MOST_WARNINGS = 20;
  private static final int LONGEST_WARNING = 1000;

  private final RequestListener next;
  private final SyncListener listener;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());

  RequestCounts(RequestListener next, SyncListener listener) {
    this.next = next;
    this.listener = listener;
  }

  @Override
  public void requestSent() {
    requests.incrementAndGet();
    next.requestSent();
  }

  @Override
  public void retryPending(String reason, Duration pause) {
    retries.incrementAndGet();
    listener.waiting(reason, pause);
    next.retryPending(reason, pause);
  }

  @Override
  public void warning(String message) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(message.substring(0, Math.min(message.length(), LONGEST_WARNING)));
    }
    listener.warning(message);
    next.warning(message);
  }

  /** Begins to count for another table. */
  void reset() {
    requests.set(0);
    retries.set(0);
    warnings.clear();
  }

  long requests() {
    return requests.get();
  }

  /** Returns the first warnings, each once. */
  List<String> warnings() {
    synchronized (warnings) {
      return List.copyOf(warnings);
    }
  }

  long retries() {
    return retries.get();
  }
}
