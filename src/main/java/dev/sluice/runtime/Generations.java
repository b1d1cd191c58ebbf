package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.PublishedGeneration;
import java.util.Optional;

/** When a flow's generation is shown to readers, and when the next one begins. */
sealed interface Generations permits GrowingGenerations, SnapshotGenerations {

  /** What readers are told to read when the flow is opened. */
  void found(Optional<PublishedGeneration> current);

  /** Where to go on when the lake has a newer generation than the checkpoint store. */
  Checkpoint recover(int newest);

  /** A microbatch has been committed. */
  void committed(Checkpoint at);
}
