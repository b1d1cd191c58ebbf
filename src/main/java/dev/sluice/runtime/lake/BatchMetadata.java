package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.spi.Offset;
import java.util.Optional;

/**
 * The metadata that is committed together with the records of a microbatch, in the same step.
 *
 * @param end the offset after the microbatch
 * @param runId the invocation that wrote it
 * @param content of a snapshot: its records so far, this microbatch included
 * @param reading what the offset belongs to; absent in a microbatch of an earlier release
 */
public record BatchMetadata(
    Kind kind,
    Offset end,
    String runId,
    long records,
    Optional<SnapshotDigest> content,
    Optional<Reading> reading) {

  public BatchMetadata(
      Kind kind, Offset end, String runId, long records, Optional<SnapshotDigest> content) {
    this(kind, end, runId, records, content, Optional.empty());
  }

  /** The kinds of microbatch that a number in the sequence can have. */
  public enum Kind {
    RECORDS,
    /** An end without records: the snapshot is complete, and nobody can append to it any more. */
    SEAL
  }
}
