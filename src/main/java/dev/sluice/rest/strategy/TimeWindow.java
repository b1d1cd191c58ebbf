package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import java.time.Instant;
import java.util.Optional;

/**
 * A half-open span of time.
 *
 * @param from its first instant; empty when it has no beginning
 * @param until the first instant after it
 */
@ConnectorApi
public record TimeWindow(Optional<Instant> from, Instant until) {}
