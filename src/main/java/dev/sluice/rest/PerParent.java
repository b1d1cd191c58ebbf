package dev.sluice.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table whose records belong to parents, such as the issues of repositories: one parent
 * after the other, in the order of their names, each with an offset of its own.
 *
 * <p>A round that is larger than a microbatch goes on where it stopped, in another invocation if
 * need be. A parent that appears is read from its beginning. One that cannot be read does not keep
 * the others from it, and fails the read once there is nothing else to do; a failure that passes by
 * itself ends the read at once.
 */
public final class PerParent {

  /** Reads the records of one parent. */
  @FunctionalInterface
  public interface Children {

    /** Goes on from {@code start}; returns it, and emits nothing, when there is nothing more. */
    Offset read(String parent, Offset start, RecordEmitter out);
  }

  /**
   * The offset.
   *
   * @param run the start of the invocation that began the last round; an instant, absent when a
   *     parent could not be read in it
   * @param at the parent with which that round goes on; absent when it has ended
   * @param parents the offset of each
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Position(
      @Nullable String run, @Nullable String at, @Nullable Map<String, Offset> parents) {
    static final Position NONE = new Position(null, null, null);

    Map<String, Offset> offsets() {
      return new TreeMap<>(Optional.ofNullable(parents).orElse(Map.of()));
    }

    boolean isWhole() {
      return run != null && at == null;
    }
  }

  private final ConnectorContext context;
  private final Supplier<? extends Collection<String>> parents;
  private final Children children;

  private PerParent(
      ConnectorContext context, Supplier<? extends Collection<String>> parents, Children children) {
    this.context = context;
    this.parents = parents;
    this.children = children;
  }

  /**
   * A table of several parents.
   *
   * @param parents their names; asked when there is something to read
   */
  public static PerParent of(
      ConnectorContext context, Supplier<? extends Collection<String>> parents, Children children) {
    return new PerParent(context, parents, children);
  }

  /** Goes on from {@code start} until the microbatch is full or the round has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Position position = start.as(Position.class).orElse(Position.NONE);
    if (position.at() == null && context.startedAt().toString().equals(position.run())) {
      return start;
    }
    return new Round(position, out).read().orElse(start);
  }

  /**
   * Whether nothing has changed since a complete read: the parents are the same ones, and none has
   * other children.
   *
   * @param complete where the complete read ended
   * @param unchanged asked with each parent and where its own read ended
   */
  public boolean isUnchanged(Offset complete, BiPredicate<String, Offset> unchanged) {
    Optional<Position> position = position(complete).filter(Position::isWhole);
    if (position.isEmpty()) {
      return false;
    }
    Map<String, Offset> offsets = position.get().offsets();
    return offsets.keySet().equals(new TreeSet<>(parents.get()))
        && offsets.entrySet().stream()
            .allMatch(parent -> unchanged.test(parent.getKey(), parent.getValue()));
  }

  private static Optional<Position> position(Offset complete) {
    try {
      return complete.as(Position.class);
    } catch (ConnectorException e) {
      return Optional.empty(); // of another reading of the table: it says nothing about this one
    }
  }

  /** One way through the parents, or the part of it that a microbatch reads. */
  private final class Round {
    private final RecordEmitter out;
    private final Optional<String> begin;
    private final Map<String, Offset> offsets;
    private Optional<String> run;
    private Optional<ConnectorException> failure = Optional.empty();
    private boolean moved;

    Round(Position position, RecordEmitter out) {
      this.out = out;
      this.begin = Optional.ofNullable(position.at());
      this.run =
          begin.isPresent()
              ? Optional.ofNullable(position.run())
              : Optional.of(context.startedAt().toString());
      this.offsets = position.offsets();
    }

    /** The position behind this microbatch; empty when there was nothing to do. */
    Optional<Offset> read() {
      var names = new TreeSet<>(parents.get());
      for (String parent : begin.map(names::tailSet).orElse(names)) {
        if (!readAll(parent)) {
          return Optional.of(position(Optional.of(parent)));
        }
      }
      if (moved || begin.isPresent()) {
        return Optional.of(position(Optional.empty()));
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      return Optional.empty();
    }

    /** Whether the round goes on with the next parent: all of this one was read, or cannot be. */
    private boolean readAll(String parent) {
      while (true) {
        Offset before = offsets.getOrDefault(parent, Offset.START);
        Offset after;
        try {
          after = children.read(parent, before, out);
        } catch (ConnectorException e) {
          if (e.kind() == Kind.TRANSIENT) {
            if (moved) {
              return false; // what was read is kept; the next read meets the failure again
            }
            throw e.at(parent);
          }
          // the next round meets it again, and fails when it finds nothing else to do
          failure = failure.or(() -> Optional.of(e.at(parent)));
          run = Optional.empty();
          return true;
        }
        if (after.equals(before)) {
          return true;
        }
        offsets.put(parent, after);
        moved = true;
        if (!out.wantsMore()) {
          return false;
        }
      }
    }

    private Offset position(Optional<String> at) {
      return Offset.of(new Position(run.orElse(null), at.orElse(null), offsets));
    }
  }
}
