package dev.sluice.pipeline;

import dev.sluice.lake.ObjectStore;
import dev.sluice.runtime.checkpoint.CheckpointStore;

/** The stores that keep a pipeline's objects and its checkpoints. */
record LakeStores(ObjectStore objects, CheckpointStore checkpoints) {}
