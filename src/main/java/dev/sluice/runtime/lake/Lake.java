package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.Optional;

/** Where microbatches become durable. */
public interface Lake {

  BatchLog log(Destination destination, Flow flow);

  /** The generation that readers are told to read; empty before the first is published. */
  Optional<PublishedGeneration> current(Destination destination);

  /** Tells readers to read this generation, unless they already read it or a later one. */
  void publish(Destination destination, PublishedGeneration publication);

  /** Tells readers to read this generation, unless they have been told to read any. */
  void publishFirst(Destination destination, PublishedGeneration publication);

  /** How the last complete read of a snapshot ended, where somebody has kept it. */
  Optional<CompleteRead> completeRead(Destination destination);

  /** Keeps it in place of the one before. */
  void keep(Destination destination, CompleteRead read);

  /** Leaves the table's description beside its data; written only when it has changed. */
  void describe(Destination destination, TableDescription description);
}
