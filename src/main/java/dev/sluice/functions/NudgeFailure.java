package dev.sluice.functions;

import dev.sluice.functions.event.Nudge;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.Set;

/**
 * The reason why nudges are not done.
 *
 * @param problem empty when the report of a table says it already
 */
record NudgeFailure(Set<Nudge> nudges, String reason, Optional<ConnectorException> problem) {

  NudgeFailure {
    nudges = Set.copyOf(nudges);
  }

  /** Returns a failure that the report of a table says already. */
  static NudgeFailure reported(Set<Nudge> nudges, String reason) {
    return new NudgeFailure(nudges, reason, Optional.empty());
  }

  static NudgeFailure of(Set<Nudge> nudges, ConnectorException problem) {
    return new NudgeFailure(nudges, String.valueOf(problem.getMessage()), Optional.of(problem));
  }
}
