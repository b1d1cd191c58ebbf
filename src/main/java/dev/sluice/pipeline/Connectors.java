package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The available connectors, sorted by name. */
public record Connectors(List<ConnectorProvider> providers) {

  public Connectors {
    providers = providers.stream().sorted(Comparator.comparing(ConnectorProvider::name)).toList();
    var names = providers.stream().map(ConnectorProvider::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("Two connectors have the same name: " + names);
    }
  }

  /** Returns the connectors on the class path. */
  public static Connectors installed() {
    var loader = Connectors.class.getClassLoader();
    return new Connectors(
        ServiceLoader.load(ConnectorProvider.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  public Optional<ConnectorProvider> find(String name) {
    return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }

  /**
   * Returns the connector with this name.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} with the nearest name when there is no
   *     such connector
   */
  public ConnectorProvider require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "Unknown connector '%s'; %s".formatted(name, spelling().hint(name))));
  }

  private Spelling spelling() {
    return Spelling.of(providers.stream().map(ConnectorProvider::name).toList());
  }
}
