package dev.sluice.runtime;

/** When a flow's generation is shown to readers, and when the next one begins. */
sealed interface Generations permits GrowingGenerations, SnapshotGenerations {

  /** Where to go on when the lake has a newer generation than the checkpoint store. */
  Checkpoint recover(int newest);

  /** A microbatch has been committed. */
  void committed(Checkpoint at);
}
