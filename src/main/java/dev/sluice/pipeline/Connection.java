package dev.sluice.pipeline;

import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The connection's options as the file gives them: values that may be shown, and references. */
final class Connection {
  private final SourceLine place;
  private final ConnectorProvider connector;
  private final Map<String, String> values;
  private final Map<String, Reference> references;

  private Connection(
      SourceLine place,
      ConnectorProvider connector,
      Map<String, String> values,
      Map<String, Reference> references) {
    this.place = place;
    this.connector = connector;
    this.values = values;
    this.references = references;
  }

  static Connection parse(Mapping mapping, ConnectorProvider connector) {
    var declared =
        new DeclaredOptions(connector.connectionOptions(), "connector '" + connector.name() + "'");
    var values = new TreeMap<String, String>();
    var references = new TreeMap<String, Reference>();
    for (Mapping.Entry entry : mapping.entries()) {
      var option = declared.require(entry.key());
      Value given = entry.value();
      String value = given.isList() ? given.joined() : given.reference();
      SourceLine place = entry.value().place();
      if (Reference.isMeant(value)) {
        references.put(option.name(), Reference.parse(value, place));
      } else if (option.isSecret()) {
        throw place.error(
            "option '%s' is a secret and must be a reference such as ${env:%s}"
                .formatted(option.name(), variable(connector.name(), option.name())));
      } else {
        DeclaredOptions.check(option, value, place);
        values.put(option.name(), value);
      }
    }
    declared.checkPresent(
        name -> values.containsKey(name) || references.containsKey(name),
        mapping.place(),
        "'connection'");
    return new Connection(mapping.place(), connector, Map.copyOf(values), Map.copyOf(references));
  }

  /** Rejects references to files and variables of this machine, for a pipeline from elsewhere. */
  void refuseLocal() {
    references.values().forEach(Reference::refuseLocal);
  }

  private String secrets() {
    return connector.connectionOptions().stream()
        .filter(option -> option.isSecret() && references.containsKey(option.name()))
        .map(option -> "`%s` (%s)".formatted(option.name(), reference(option).origin()))
        .collect(Collectors.joining(" and "));
  }

  private Reference reference(Option<?> option) {
    return Objects.requireNonNull(references.get(option.name()));
  }

  private static String variable(String connector, String option) {
    return (connector + "_" + option).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Returns the options that decide what is read; looks up none of the others. */
  Options resolveDeciding(SecretSources sources) {
    var resolved = new TreeMap<String, String>();
    for (dev.sluice.spi.Option<?> option : connector.connectionOptions()) {
      if (Reading.decides(option)) {
        Optional.ofNullable(references.get(option.name()))
            .map(reference -> reference.resolve(sources))
            .or(() -> Optional.ofNullable(values.get(option.name())))
            .ifPresent(value -> resolved.put(option.name(), value));
      }
    }
    return Options.of(resolved);
  }

  /** Returns the options with every reference replaced by its current value. */
  Options resolve(SecretSources sources) {
    var resolved = new TreeMap<>(values);
    references.forEach((name, reference) -> resolved.put(name, reference.resolve(sources)));
    var options = Options.of(resolved).withSecrets(secrets());
    List<Option<?>> known = connector.connectionOptions();
    try {
      options.check(known);
    } catch (ConnectorException e) {
      throw e.at(place.toString());
    }
    return options;
  }
}
