package dev.sluice.runtime;

/** A request to stop at the next commit, as Ctrl-C expresses it. May be made on any thread. */
public final class Cancellation {
  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
