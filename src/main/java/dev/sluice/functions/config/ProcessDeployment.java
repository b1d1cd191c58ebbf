package dev.sluice.functions.config;

import dev.sluice.pipeline.Connectors;
import dev.sluice.runtime.Cancellation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** The producer of the deployment that functions run in. */
@Singleton
final class ProcessDeployment {

  /**
   * Creates a deployment in the invocation, because a started process may have been copied before.
   */
  @Produces
  Deployment deployment() {
    return new Deployment(
        System.getenv(),
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        Connectors.installed(),
        new Cancellation(),
        System.out);
  }
}
