package dev.sluice.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Option;
import dev.sluice.spi.Option.Effect;
import dev.sluice.spi.Options;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The reading that an offset belongs to: which table of which server, and which of its records. It
 * is text for people, without secrets, and is compared by value. What only paces or shapes a read
 * is no part of it.
 *
 * @param given the options that decide it and are not at their default
 * @param defaults those that are at their default
 */
public record Reading(
    String connector,
    String table,
    Namespace namespace,
    SortedMap<String, Choice> given,
    SortedMap<String, Choice> defaults) {
  private static final String CONNECTOR = "connector";
  private static final String TABLE = "table";
  private static final String NAMESPACE = "namespace";
  private static final int LONGEST = 300;

  public Reading {
    given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
  }

  /**
   * Returns the reading of a table.
   *
   * @param connection the options of the connection; secrets are passed over
   */
  public static Reading of(ConnectorProvider connector, Options connection, Table table) {
    var given = new TreeMap<String, Choice>();
    var defaults = new TreeMap<String, Choice>();
    List<Option<?>> ofTable =
        connector.table(table.name()).map(TableSpec::options).orElse(List.of());
    add(connector.connectionOptions(), connection, given, defaults);
    add(ofTable, table.options(), given, defaults);
    return new Reading(connector.name(), table.name(), table.namespace(), given, defaults);
  }

  private static void add(
      List<Option<?>> declared,
      Options options,
      Map<String, Choice> given,
      Map<String, Choice> defaults) {
    for (Option<?> option : declared) {
      if (decides(option)) {
        options
            .text(option)
            .ifPresent(
                text ->
                    (option.defaultText().equals(Optional.of(text)) ? defaults : given)
                        .put(option.name(), Choice.of(option, text)));
      }
    }
  }

  /** Returns whether an option decides which reading it is. */
  public static boolean decides(Option<?> option) {
    return !option.isSecret()
        && option
            .effect()
            .filter(effect -> effect == Effect.SELECTS || effect == Effect.ADDRESSES)
            .isPresent();
  }

  /**
   * Returns in what this reading is another one than a saved one, so that it does not go on from
   * its offset; empty when it does. An option that one of them does not know is no difference as
   * long as the other has it at its default.
   */
  public List<String> differencesFrom(Reading saved) {
    var now = facts();
    var before = saved.facts();
    var names = new LinkedHashSet<>(now.keySet());
    names.addAll(before.keySet());
    return names.stream()
        .filter(name -> !continues(name, saved))
        .map(name -> "%s was %s and is %s".formatted(name, shown(before, name), shown(now, name)))
        .toList();
  }

  private static String shown(Map<String, String> facts, String name) {
    return Optional.ofNullable(facts.get(name)).map(text -> "'" + text + "'").orElse("not set");
  }

  private boolean continues(String name, Reading saved) {
    return switch (name) {
      case CONNECTOR -> connector.equals(saved.connector);
      case TABLE -> table.equals(saved.table);
      case NAMESPACE -> namespace.equals(saved.namespace);
      default -> continuesChoice(name, saved);
    };
  }

  private boolean continuesChoice(String name, Reading saved) {
    Optional<Choice> now = Optional.ofNullable(choices().get(name));
    Optional<Choice> before = Optional.ofNullable(saved.choices().get(name));
    if (now.isEmpty()) {
      return saved.defaults.containsKey(name);
    }
    return before.map(now.get()::continues).orElse(defaults.containsKey(name));
  }

  private Map<String, Choice> choices() {
    var all = new TreeMap<>(defaults);
    all.putAll(given);
    return all;
  }

  /** Returns compact JSON. */
  public String json() {
    return tree().toString();
  }

  ObjectNode tree() {
    ObjectNode json = JsonText.object().put(CONNECTOR, connector).put(TABLE, table);
    if (!namespace.equals(Namespace.ROOT)) {
      namespace.parts().forEach(json.putArray(NAMESPACE)::add);
    }
    put(json, "options", given);
    put(json, "defaults", defaults);
    return json;
  }

  private static void put(ObjectNode json, String name, Map<String, Choice> choices) {
    if (!choices.isEmpty()) {
      var object = json.putObject(name);
      choices.forEach((option, choice) -> object.set(option, choice.json()));
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Reading parse(String json) {
    try {
      return parse(JsonText.read(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("its reading is not JSON", e);
    }
  }

  static Reading parse(JsonNode json) {
    if (!json.path(CONNECTOR).isTextual() || !json.path(TABLE).isTextual()) {
      throw new IllegalArgumentException("its reading names no table of a connector");
    }
    return new Reading(
        json.get(CONNECTOR).textValue(),
        json.get(TABLE).textValue(),
        new Namespace(texts(json.path(NAMESPACE))),
        choices(json.path("options")),
        choices(json.path("defaults")));
  }

  private static SortedMap<String, Choice> choices(JsonNode json) {
    var choices = new TreeMap<String, Choice>();
    json.properties().forEach(option -> choices.put(option.getKey(), Choice.of(option.getValue())));
    return choices;
  }

  static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** Returns it as people read it: {@code connector github, table issues, owner acme}. */
  @Override
  public String toString() {
    return facts().entrySet().stream()
        .map(fact -> fact.getKey() + " " + fact.getValue())
        .collect(Collectors.joining(", "));
  }

  private Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put(CONNECTOR, connector);
    facts.put(TABLE, table);
    if (!namespace.equals(Namespace.ROOT)) {
      facts.put(NAMESPACE, namespace.path());
    }
    choices().forEach((name, choice) -> facts.putIfAbsent(name, shorten(choice.toString())));
    return facts;
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
