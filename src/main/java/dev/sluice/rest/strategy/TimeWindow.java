package dev.sluice.rest.strategy;

import java.time.Instant;
import java.util.Optional;

/**
 * A span of time, half-open.
 *
 * @param from the first instant of it; empty when it has no beginning
 * @param until the first instant after it
 */
public record TimeWindow(Optional<Instant> from, Instant until) {}
