package dev.sluice.runtime.report;

import java.time.Duration;

/**
 * Is told how an invocation proceeds. {@link #waiting} and {@link #warning} may be called on any
 * thread.
 */
public interface SyncListener {

  SyncListener NONE = new SyncListener() {};

  default void tableStarted(PipelineTable table) {}

  /** Called between pages and after each commit. */
  default void progressed(Progress progress) {}

  /** Called when a request is repeated after a pause, which begins now. */
  default void waiting(String reason, Duration pause) {}

  default void warning(String message) {}

  default void tableFinished(TableReport report) {}
}
