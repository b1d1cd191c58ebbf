package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The options that are declared for one place, and the checks that name the file's line.
 *
 * @param owner what has the options, for messages: {@code connector 'github'}
 */
record DeclaredOptions(List<Option<?>> options, String owner) {

  Option<?> require(Value key) {
    String name = key.scalar();
    return options.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                key.place()
                    .error(
                        "unknown option '%s' of %s; %s"
                            .formatted(name, owner, spelling().hint(name))));
  }

  DeclaredOptions without(Predicate<Option<?>> unwanted) {
    return new DeclaredOptions(options.stream().filter(unwanted.negate()).toList(), owner);
  }

  /** Checks that the option accepts the value. */
  static void check(Option<?> option, String value, SourceLine place) {
    try {
      Options.of(Map.of(option.name(), value)).find(option);
    } catch (ConnectorException e) {
      throw e.at(place.toString());
    }
  }

  void checkPresent(Predicate<String> given, SourceLine place, String label) {
    for (Option<?> option : options) {
      if (option.isRequired() && !given.test(option.name())) {
        throw place.error(
            "missing option '%s' in %s: %s".formatted(option.name(), label, option.description()));
      }
    }
  }

  private Spelling spelling() {
    return Spelling.of(options.stream().map(Option::name).toList());
  }
}
