package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.SnapshotDigest;
import java.util.Optional;

/** The rules by which a flow's generations begin, end and are shown to readers. */
sealed interface Generations permits GrowingGenerations, SnapshotGenerations {

  /**
   * Finds where the flow continues: at its checkpoint, unless the lake knows a newer generation.
   */
  Checkpoint open(Optional<Checkpoint> stored, LakeGenerations inLake);

  /**
   * Returns where the flow continues when the lake lacks what is before its checkpoint.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when nobody can tell
   */
  Checkpoint afterLoss(Checkpoint at);

  /**
   * Notes that the checkpoint is in this generation now, and that none returns to an earlier one.
   */
  void entered(int generation);

  /**
   * Resumes the flow at a checkpoint that no microbatch follows.
   *
   * @return the seal before the checkpoint, when the generation is complete and not yet finished
   */
  Optional<CommittedBatch> resume(Checkpoint at);

  /** Notes a microbatch that the checkpoint has moved past. */
  void committed(CommittedBatch batch);

  /**
   * Asks whether the source is still what readers read.
   *
   * @return where the data is then; empty when the source has to be read
   */
  Optional<Checkpoint> unchanged(Checkpoint at);

  /** Returns the content of the generation so far, when it is counted. */
  Optional<SnapshotDigest> content();

  /**
   * Ends the read: the source has nothing more.
   *
   * @return the seal that has to be committed after the checkpoint, where generations have one
   */
  Optional<BatchMetadata> complete(Checkpoint at);

  /**
   * Shows a sealed generation to readers.
   *
   * @return where the data is: the generation that readers read now, and the seal's end
   */
  Checkpoint show(CommittedBatch seal);
}
