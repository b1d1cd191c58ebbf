package dev.sluice.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The offset of the incremental strategies.
 *
 * @param cursor the greatest cursor value delivered, or the end of the last window; an instant
 * @param run the start of the invocation that last looked back from here; an instant
 * @param seen fingerprints of delivered records, by cursor value: those at the cursor itself, those
 *     within the lookback before it, and those dated absurdly far beyond it
 * @param forgotten records up to this instant were delivered but are no longer remembered one by
 *     one
 * @param window a digest of the records from the start of the lookback up to {@code forgotten}, as
 *     they were when last delivered
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Position(
    @Nullable String cursor,
    @Nullable String run,
    @Nullable Map<String, List<String>> seen,
    @Nullable String forgotten,
    @Nullable String window) {}
