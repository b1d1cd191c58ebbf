package dev.sluice.pipeline;

import dev.sluice.lake.ObjectStore;
import dev.sluice.runtime.checkpoint.CheckpointStore;

/** Where a pipeline's objects and its checkpoints are kept. */
record LakeStores(ObjectStore objects, CheckpointStore checkpoints) {}
