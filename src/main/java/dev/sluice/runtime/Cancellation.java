package dev.sluice.runtime;

import java.util.ArrayList;
import java.util.List;

/** A request to stop at the next commit, as Ctrl-C expresses it. May be made on any thread. */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean requested;

  public synchronized void request() {
    requested = true;
    actions.forEach(Runnable::run);
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /** Adds what to do when the request is made; does it at once when it has been made. */
  synchronized void onRequest(Runnable action) {
    actions.add(action);
    if (requested) {
      action.run();
    }
  }
}
