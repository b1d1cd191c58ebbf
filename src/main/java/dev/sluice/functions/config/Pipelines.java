package dev.sluice.functions.config;

import dev.sluice.pipeline.Pipeline;
import dev.sluice.spi.ConnectorException;

/**
 * The pipelines of a deployment. Each is read again at every call, so that a change takes effect.
 */
public interface Pipelines {

  /**
   * Reads the pipeline of this name.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when there is none, or when it cannot
   *     be read
   */
  Pipeline find(String name);

  /** Returns the pipelines that {@code SLUICE_PIPELINES} names. */
  static Pipelines of(Deployment deployment) {
    String place =
        new FunctionSettings(deployment.variables()).find("SLUICE_PIPELINES").orElse("pipelines");
    if (place.indexOf('\n') >= 0) {
      return new InlinePipelines(place, deployment.connectors());
    }
    return new StoredPipelines(place, deployment);
  }
}
