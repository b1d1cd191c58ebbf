package dev.sluice.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The line between connector and source: counts requests, runs something before one of them, and
 * spoils answers. The server asks {@link #arrived} once for every request; the kit does the rest.
 * Safe for use from any thread.
 */
public final class Interceptor {
  private static final Fault GONE =
      new Fault.Answer(410, Map.of(), "The kit has lost its patience");

  private final List<String> asked = new ArrayList<>();
  private int requests;
  private int hookAt;
  private Runnable hook = () -> {};
  private Optional<Fault> fault = Optional.empty();
  private int patience = Integer.MAX_VALUE;

  /** Runs {@code action} before the request with this number, from 1, counted from now on. */
  public synchronized void beforeRequest(int number, Runnable action) {
    hookAt = requests + number;
    hook = action;
  }

  /** From now on every answer is wrong. */
  public synchronized void fail(Fault fault) {
    this.fault = Optional.of(fault);
  }

  /** From now on answers are right, and nothing runs before a request. */
  public synchronized void recover() {
    fault = Optional.empty();
    hookAt = 0;
  }

  /** After this many more requests, the source is gone: whoever asks on would ask for ever. */
  synchronized void allow(int more) {
    patience = requests + more;
  }

  /** The requests since the beginning. */
  public synchronized int requests() {
    return requests;
  }

  /** What the requests since the beginning asked for. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /**
   * For the server: a request is here. Returns what must go wrong with its answer.
   *
   * @param request its query and body
   */
  public Optional<Fault> arrived(String request) {
    Runnable due = () -> {};
    synchronized (this) {
      requests++;
      asked.add(request);
      if (requests == hookAt) {
        due = hook;
      }
    }
    due.run();
    synchronized (this) {
      return requests > patience ? Optional.of(GONE) : fault;
    }
  }
}
