package dev.sluice.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The entries of a mapping in the pipeline file, in their order. Keys are texts and are unique. */
final class Mapping {

  /** A key and its value. */
  record Entry(Value key, Value value) {}

  private final Value source;
  private final Map<String, Entry> entries;

  private Mapping(Value source, Map<String, Entry> entries) {
    this.source = source;
    this.entries = entries;
  }

  static Mapping empty(Value source) {
    return new Mapping(source, Map.of());
  }

  static Mapping of(Value source, MappingNode node) {
    var entries = new LinkedHashMap<String, Entry>();
    for (NodeTuple tuple : node.getValue()) {
      var key = new Value(source.file(), "a key of " + source.label(), tuple.getKeyNode());
      String name = key.scalar();
      var value = new Value(source.file(), "'" + name + "'", tuple.getValueNode());
      var earlier = entries.putIfAbsent(name, new Entry(key, value));
      if (earlier != null) {
        throw key.place()
            .error(
                "'%s' is there twice; the first is on line %d"
                    .formatted(name, earlier.key().place().line()));
      }
    }
    return new Mapping(source, entries);
  }

  Mapping allow(String... known) {
    var spelling = Spelling.of(List.of(known));
    for (Entry entry : entries.values()) {
      String name = entry.key().scalar();
      if (!List.of(known).contains(name)) {
        throw entry
            .key()
            .place()
            .error(
                "unknown key '%s' in %s; %s".formatted(name, source.label(), spelling.hint(name)));
      }
    }
    return this;
  }

  Optional<Value> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  Value require(String key) {
    return find(key)
        .orElseThrow(() -> place().error("missing key '%s' in %s".formatted(key, source.label())));
  }

  List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  /** Returns an empty mapping in the same place. */
  Mapping withoutEntries() {
    return empty(source);
  }

  SourceLine place() {
    return source.place();
  }
}
