package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.Optional;

/** Stores microbatches durably. */
public interface Lake {

  BatchLog log(Destination destination, Flow flow);

  /** Returns the generation that readers are told to read; empty before the first is published. */
  Optional<PublishedGeneration> current(Destination destination);

  /** Tells readers to read this generation, unless they already read it or a later one. */
  void publish(Destination destination, PublishedGeneration publication);

  /** Tells readers to read this generation, unless they have already been told to read one. */
  void publishFirst(Destination destination, PublishedGeneration publication);

  /** Returns how the last complete read of a snapshot ended, if that was kept. */
  Optional<CompleteRead> completeRead(Destination destination);

  /** Keeps a complete read in place of the one before. */
  void keep(Destination destination, CompleteRead read);

  /** Writes the table's description next to its data, only when it has changed. */
  void describe(Destination destination, TableDescription description);
}
