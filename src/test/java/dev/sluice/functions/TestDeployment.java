package dev.sluice.functions;

import dev.sluice.functions.config.Deployment;
import dev.sluice.pipeline.Connectors;
import dev.sluice.runtime.Cancellation;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Gives the functions in the framework what a test has set. */
@Alternative
@Priority(1)
@Singleton
public final class TestDeployment {
  private static final Map<String, String> VARIABLES = new ConcurrentHashMap<>();
  private static volatile Printed printed = new Printed();

  /** Begins anew with these variables and nothing printed. */
  static void begin(Map<String, String> variables) {
    VARIABLES.clear();
    VARIABLES.putAll(variables);
    printed = new Printed();
  }

  static void set(String variable, String value) {
    VARIABLES.put(variable, value);
  }

  /** What the functions logged. */
  static Printed printed() {
    return printed;
  }

  @Produces
  @Alternative
  @Priority(1)
  Deployment deployment() {
    return of(new TreeMap<>(VARIABLES), InstantSource.system(), printed);
  }

  public static Deployment of(Map<String, String> variables, InstantSource clock, Printed printed) {
    return new Deployment(
        variables,
        clock,
        () -> UUID.randomUUID().toString(),
        Connectors.installed(),
        new Cancellation(),
        printed.stream());
  }
}
