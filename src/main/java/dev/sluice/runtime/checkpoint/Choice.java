package dev.sluice.runtime.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.Option;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The value of an option that decides what is read; equal values have equal texts. */
sealed interface Choice {

  /** Returns the choice that an option's value is, as {@link Option#text} has it. */
  static Choice of(Option<?> option, String text) {
    return option.isOfNames() ? new Names(new TreeSet<>(List.of(text.split(",")))) : new One(text);
  }

  /** Reads what {@link #json} wrote. */
  static Choice of(JsonNode json) {
    return json.isArray() ? new Names(new TreeSet<>(Reading.texts(json))) : new One(json.asText());
  }

  /** Returns whether a read with this choice goes on from where one with the other is. */
  boolean continues(Choice saved);

  JsonNode json();

  /** One value. */
  record One(String value) implements Choice {
    @Override
    public boolean continues(Choice saved) {
      return equals(saved);
    }

    @Override
    public JsonNode json() {
      return JsonText.object().textNode(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** Names in any order; one that begins with {@code !} leaves something out. */
  record Names(SortedSet<String> names) implements Choice {
    private static final String EXCEPT = "!";

    public Names {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** A read begins with what was added by itself. */
    @Override
    public boolean continues(Choice saved) {
      return saved instanceof Names before
          && part(names, false).containsAll(part(before.names, false))
          && part(before.names, true).containsAll(part(names, true));
    }

    private static SortedSet<String> part(SortedSet<String> names, boolean excepted) {
      return names.stream()
          .filter(name -> name.startsWith(EXCEPT) == excepted)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public JsonNode json() {
      var array = JsonText.object().arrayNode();
      names.forEach(array::add);
      return array;
    }

    @Override
    public String toString() {
      return String.join(",", names);
    }
  }
}
