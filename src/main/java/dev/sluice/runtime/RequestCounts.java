package dev.sluice.runtime;

import dev.sluice.runtime.report.SyncListener;
import dev.sluice.spi.RequestListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests of a connector and passes on what an operator wants to see at once. */
final class RequestCounts implements RequestListener {
  private final RequestListener next;
  private final SyncListener listener;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

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
    listener.warning(message);
    next.warning(message);
  }

  /** Begins to count for another table. */
  void reset() {
    requests.set(0);
    retries.set(0);
  }

  long requests() {
    return requests.get();
  }

  long retries() {
    return retries.get();
  }
}
