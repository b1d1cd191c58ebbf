package dev.sluice.runtime.report;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.util.Optional;

/**
 * The progress of a table in this invocation.
 *
 * @param as the table's name in the lake
 * @param records read so far, the uncommitted ones included
 * @param batches committed so far
 * @param offset after the last commit
 * @param cursor the value of the offset's field "cursor", when it has one
 * @param lag how far the cursor is behind the start of the invocation, when it is a timestamp
 */
public record Progress(
    String as,
    Flow flow,
    long records,
    long batches,
    Offset offset,
    Optional<String> cursor,
    Optional<Duration> lag,
    Duration budgetLeft) {}
