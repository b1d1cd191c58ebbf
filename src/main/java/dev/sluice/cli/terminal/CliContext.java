package dev.sluice.cli.terminal;

import dev.sluice.pipeline.Connectors;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The values that the process gives to every command.
 *
 * @param variables the environment
 * @param runIds a new identifier for every invocation
 */
public record CliContext(
    Terminal terminal,
    Map<String, String> variables,
    InstantSource clock,
    Supplier<String> runIds,
    Connectors connectors) {}
