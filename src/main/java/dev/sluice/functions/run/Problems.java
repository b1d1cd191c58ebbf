package dev.sluice.functions.run;

import dev.sluice.spi.ConnectorException;
import java.util.List;

/** What goes wrong around a run. */
public final class Problems {

  private Problems() {}

  public static ConnectorException notResumed(List<String> tables, RuntimeException failure) {
    return of(failure)
        .at(
            "What is done of %s is saved, but the resumption could not be asked for"
                .formatted(String.join(", ", tables)));
  }

  public static ConnectorException of(RuntimeException failure) {
    return failure instanceof ConnectorException known
        ? known
        : ConnectorException.transientFailure(String.valueOf(failure.getMessage()), failure);
  }
}
