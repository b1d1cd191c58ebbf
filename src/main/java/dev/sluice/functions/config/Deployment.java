package dev.sluice.functions.config;

import dev.sluice.functions.log.InvocationLog;
import dev.sluice.functions.log.LogLines;
import dev.sluice.pipeline.Connectors;
import dev.sluice.runtime.Cancellation;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The process and the settings that a function runs with; each invocation has its own.
 *
 * @param variables the environment of the process
 * @param runIds a new identifier for every run of a pipeline
 * @param log where its lines go; never closed
 */
public record Deployment(
    Map<String, String> variables,
    InstantSource clock,
    Supplier<String> runIds,
    Connectors connectors,
    Cancellation cancellation,
    PrintStream log) {

  public Deployment {
    variables = Map.copyOf(variables);
  }

  public LogLines lines() {
    return LogLines.of(variables, log, clock);
  }

  /** Begins the log of a new run of the pipeline. */
  public InvocationLog invocationLog(String pipeline) {
    return new InvocationLog(lines(), variables, clock, pipeline, runIds.get());
  }
}
