package dev.sluice.runtime;

/** The wish to stop at the next commit, as Ctrl-C expresses it. May be requested on any thread. */
public final class Cancellation {
  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
