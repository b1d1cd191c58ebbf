package dev.sluice.pipeline;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.CheckpointStore;

/**
 * The stores that keep a pipeline's objects and its checkpoints.
 *
 * @param offsets the large offsets that both refer to
 */
record LakeStores(ObjectStore objects, OffsetObjects offsets, CheckpointStore checkpoints) {}
