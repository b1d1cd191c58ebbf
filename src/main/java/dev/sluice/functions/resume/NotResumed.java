package dev.sluice.functions.resume;

import dev.sluice.spi.ConnectorException;

/** The reason why a run will not be resumed. */
public sealed interface NotResumed {

  /** The reason that nothing is resumed here: the settings say so, or the run was cancelled. */
  record Off() implements NotResumed {}

  /** The reason that the run was resumed as often as {@code SLUICE_RESUME_LIMIT} allows. */
  record LimitReached() implements NotResumed {}

  /** The reason that the service that would invoke the function again refused. */
  record Failed(ConnectorException problem) implements NotResumed {}
}
