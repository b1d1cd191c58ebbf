package dev.sluice.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.spi.ExtractedFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields, by dotted path, that are extracted from each record while its page is scanned. */
final class FieldSelection {
  /** A field, and what is extracted within it. */
  private record Step(String name, int hash, int index, List<Step> within) {}

  private final List<String> paths = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  FieldSelection(Collection<String> paths) {
    paths.forEach(this::add);
  }

  private void add(String path) {
    List<Step> within = steps;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      within = step(path.substring(0, dot), within).within();
    }
    step(path, within);
  }

  private Step step(String path, List<Step> steps) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    Step known = find(name, steps);
    if (known != null) {
      return known;
    }
    var step = new Step(name, name.hashCode(), paths.size(), new ArrayList<>());
    paths.add(path);
    steps.add(step);
    return step;
  }

  /** Runs for every field of every record, so it creates no objects. */
  private static @Nullable Step find(String name, List<Step> steps) {
    int hash = name.hashCode();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.hash() == hash && step.name().equals(name)) {
        return step;
      }
    }
    return null;
  }

  /** Reads the object that begins here to its end. */
  ExtractedFields read(JsonParser parser) throws IOException {
    var extracted = new ExtractedFields(paths);
    read(parser, steps, extracted);
    return extracted;
  }

  private static void read(JsonParser parser, List<Step> steps, ExtractedFields extracted)
      throws IOException {
    if (steps.isEmpty()) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Step step = find(parser.currentName(), steps);
      JsonToken value = parser.nextToken();
      if (step != null
          && extracted.note(step.index(), text(parser, value))
          && value == JsonToken.START_OBJECT) {
        read(parser, step.within(), extracted);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static Optional<String> text(JsonParser parser, JsonToken value) throws IOException {
    return value.isScalarValue() && value != JsonToken.VALUE_NULL
        ? Optional.of(parser.getText())
        : Optional.empty();
  }
}
