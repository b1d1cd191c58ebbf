package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.walk.Fingerprints;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The delivered tombstones: one by one while they are few, otherwise one digest of all. */
final class ChangeLogMemory {
  private static final int MOST_NAMES = 1_500;

  private final Set<String> names = new TreeSet<>();
  private boolean crowded;
  private long count;
  private long sum;

  /** The form in an offset: the names, or their digest. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Saved(@Nullable List<String> names, @Nullable String digest) {}

  static ChangeLogMemory of(Optional<Saved> saved) {
    var memory = new ChangeLogMemory();
    saved.map(Saved::names).ifPresent(names -> names.forEach(memory::add));
    saved
        .map(Saved::digest)
        .ifPresent(
            digest -> {
              int colon = digest.indexOf(':');
              memory.crowded = true;
              memory.count = Long.parseLong(digest.substring(0, colon));
              memory.sum = Long.parseUnsignedLong(digest.substring(colon + 1), 16);
            });
    return memory;
  }

  /** Adds a name, once as long as names are kept; the caller prevents repeats after that. */
  void add(String name) {
    if (!crowded && !names.add(name)) {
      return;
    }
    count++;
    sum += Fingerprints.spread(name);
    if (names.size() > MOST_NAMES) {
      crowded = true;
      names.clear();
    }
  }

  /** Returns whether a name was delivered; false once only the digest is kept. */
  boolean contains(String name) {
    return names.contains(name);
  }

  boolean isCrowded() {
    return crowded;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean equalsAll(ChangeLogMemory other) {
    return count == other.count && sum == other.sum;
  }

  Optional<Saved> saved() {
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        crowded
            ? new Saved(null, count + ":" + Long.toHexString(sum))
            : new Saved(List.copyOf(names), null));
  }
}
