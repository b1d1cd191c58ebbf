package dev.sluice.rest.walk;

import dev.sluice.spi.SourceRecord;
import java.time.Instant;

/** A record and its place in the order of the source. */
public record Row(SourceRecord record, Instant cursor) {}
