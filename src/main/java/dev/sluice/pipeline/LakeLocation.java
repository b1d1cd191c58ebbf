package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import java.nio.file.Path;

/**
 * Where a pipeline's records land and how they are written there.
 *
 * @param folder absolute
 */
public record LakeLocation(Path folder, Compression compression) {}
