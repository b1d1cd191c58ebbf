package dev.sluice.rest.walk;

import dev.sluice.spi.SourceRecord;
import java.time.Instant;

/** A record and its cursor value. */
public record Row(SourceRecord record, Instant cursor) {}
