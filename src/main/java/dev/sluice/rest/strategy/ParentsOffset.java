package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.Offset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The offset of {@link PerParent}.
 *
 * @param run the start of the invocation that began the last round; an instant
 * @param whole the start of the invocation that began the last whole round, if it is another one
 * @param at the parent with which that round goes on; absent when it has been through all
 * @param left the parents that could not be read in it so far
 * @param parents the offset of each
 * @param early fingerprints of records behind a parent's offset that an earlier release has
 *     delivered
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ParentsOffset(
    @Nullable String run,
    @Nullable String whole,
    @Nullable String at,
    @Nullable Set<String> left,
    @Nullable Map<String, Offset> parents,
    @Nullable Map<String, List<String>> early) {
  static final ParentsOffset NONE = new ParentsOffset(null, null, null, null, null, null);

  static ParentsOffset of(Offset offset) {
    return offset.as(ParentsOffset.class).orElse(NONE);
  }

  Map<String, Offset> offsets() {
    return new TreeMap<>(Optional.ofNullable(parents).orElse(Map.of()));
  }

  Set<String> unread() {
    return new TreeSet<>(Optional.ofNullable(left).orElse(Set.of()));
  }

  Map<String, List<String>> delivered() {
    return new TreeMap<>(Optional.ofNullable(early).orElse(Map.of()));
  }

  boolean isOfRun(Instant startedAt) {
    return startedAt.toString().equals(run);
  }

  /** Returns whether the last round has read all parents to their ends. */
  boolean isWhole() {
    return run != null && at == null && unread().isEmpty();
  }

  /** Returns when the last whole round began. */
  @Nullable String lastWhole() {
    return isWhole() ? run : whole;
  }

  /** Returns the offset with a parent's own id in place of its name, which an old one has. */
  ParentsOffset identifying(Iterable<PerParent.Parent> all) {
    Map<String, Offset> offsets = offsets();
    Map<String, List<String>> delivered = delivered();
    String place = at;
    for (PerParent.Parent parent : all) {
      if (!parent.id().equals(parent.name())) {
        move(offsets, parent);
        move(delivered, parent);
        place = parent.name().equals(place) ? parent.id() : place;
      }
    }
    return new ParentsOffset(run, whole, place, left, offsets, delivered);
  }

  private static <T> void move(Map<String, T> values, PerParent.Parent parent) {
    T value = values.remove(parent.name());
    if (value != null) {
      values.putIfAbsent(parent.id(), value);
    }
  }
}
