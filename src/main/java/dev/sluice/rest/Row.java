package dev.sluice.rest;

import dev.sluice.spi.SourceRecord;
import java.time.Instant;

/** A record and its place in the order of the source. */
record Row(SourceRecord record, Instant cursor) {}
