package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.spi.ConnectorException;
import java.util.List;

/** The refusal of a table whose offset belongs to another reading than the pipeline's. */
final class ForeignReading {

  private ForeignReading() {}

  /**
   * Refuses the table unless this reading goes on from the saved offset. Nothing has been read at
   * the start, so it is in every reading; so is an offset of an earlier release.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} with both readings and the ways out
   */
  static void refuse(Destination destination, Checkpoint at, Reading now) {
    at.reading()
        .filter(saved -> !at.offset().isStart())
        .ifPresent(saved -> refuse(destination, saved, now));
  }

  private static void refuse(Destination destination, Reading saved, Reading now) {
    List<String> differences = now.differencesFrom(saved);
    if (!differences.isEmpty()) {
      throw ConnectorException.configuration(
          "Table %s is read up to an offset that belongs to another reading: %s. Saved: [%s]; now: [%s]. Take the change back; or read everything again with './sluice state reset'; or, when the server was only renamed or the records in between are not wanted, go on from the offset with './sluice state accept -p FILE %s'"
              .formatted(
                  destination, String.join(", ", differences), saved, now, destination.table()));
    }
  }
}
