package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table whose records belong to parents, such as the issues of repositories: one parent
 * after the other, in the order of their names, each with its own offset.
 *
 * <p>A round that is larger than a microbatch, or takes more than the time left, continues where it
 * stopped, in another invocation if necessary. A new parent is read from its beginning. A parent
 * that cannot be read does not stop the others; it fails the read once there is nothing else to do.
 * A rate limit, or a source that fails for several parents in a row, ends the read at once.
 */
@ConnectorApi
public final class PerParent {

  /** After this many temporary failures of parents in a row the source counts as down. */
  private static final int MOST_FAILURES = 4;

  /** Reads the records of one parent. */
  @FunctionalInterface
  public interface Children {

    /** Continues from {@code start}; returns it, and emits nothing, when there is nothing more. */
    Offset read(String parent, Offset start, RecordEmitter out);
  }

  /**
   * The offset.
   *
   * @param run the start of the invocation that began the last round; an instant, absent when a
   *     parent could not be read in it
   * @param at the parent with which that round goes on; absent when it has ended
   * @param parents the offset of each
   * @param early fingerprints of the records behind a parent's offset that are delivered already:
   *     by a read that failed, in a microbatch that was saved for what other parents had
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Position(
      @Nullable String run,
      @Nullable String at,
      @Nullable Map<String, Offset> parents,
      @Nullable Map<String, List<String>> early) {
    static final Position NONE = new Position(null, null, null, null);

    Map<String, Offset> offsets() {
      return new TreeMap<>(Optional.ofNullable(parents).orElse(Map.of()));
    }

    Map<String, List<String>> delivered() {
      return new TreeMap<>(Optional.ofNullable(early).orElse(Map.of()));
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
   * Reads a table of several parents.
   *
   * @param parents supplies their names; called when there is something to read
   */
  public static PerParent of(
      ConnectorContext context, Supplier<? extends Collection<String>> parents, Children children) {
    return new PerParent(context, parents, children);
  }

  /** Continues from {@code start} until the microbatch is full or the round has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Position position = start.as(Position.class).orElse(Position.NONE);
    if (position.at() == null && context.startedAt().toString().equals(position.run())) {
      return start;
    }
    return new Round(position, out).read().orElse(start);
  }

  /**
   * Returns whether nothing has changed since a complete read: the parents are the same, and none
   * has other children. Returns false, too, when asking takes more than half of the time left: a
   * read continues in the next invocation, but the question would start again.
   *
   * @param complete where the complete read ended
   * @param unchanged called with each parent and where its own read ended
   */
  public boolean isUnchanged(Offset complete, BiPredicate<String, Offset> unchanged) {
    Optional<Position> position = position(complete).filter(Position::isWhole);
    if (position.isEmpty()) {
      return false;
    }
    Duration half = context.deadline().remaining().dividedBy(2);
    Map<String, Offset> offsets = position.get().offsets();
    return offsets.keySet().equals(new TreeSet<>(parents.get()))
        && offsets.entrySet().stream()
            .allMatch(
                parent ->
                    context.deadline().allows(half)
                        && unchanged.test(parent.getKey(), parent.getValue()));
  }

  private static Optional<Position> position(Offset complete) {
    try {
      return complete.as(Position.class);
    } catch (ConnectorException e) {
      return Optional
          .empty(); // belongs to another reading of the table: it says nothing about this one
    }
  }

  /** One round through the parents, or the part of it that a microbatch reads. */
  private final class Round {
    private final RecordEmitter out;
    private final Optional<String> begin;
    private final Map<String, Offset> offsets;
    private final Map<String, List<String>> early;
    private Optional<String> run;
    private Optional<ConnectorException> failure = Optional.empty();
    private int failuresInARow;

    /** Whether the offset of a parent has moved. */
    private boolean moved;

    /** Whether one parent was read to its end. */
    private boolean passed;

    Round(Position position, RecordEmitter out) {
      this.out = out;
      this.begin = Optional.ofNullable(position.at());
      this.run =
          begin.isPresent()
              ? Optional.ofNullable(position.run())
              : Optional.of(context.startedAt().toString());
      this.offsets = position.offsets();
      this.early = position.delivered();
    }

    /** Returns the offset after this microbatch; empty when there was nothing to do. */
    Optional<Offset> read() {
      var names = new TreeSet<>(parents.get());
      for (String parent : begin.map(names::tailSet).orElse(names)) {
        boolean hasTime = !passed || out.wantsMore();
        if (!hasTime || !readAll(parent)) {
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

    /**
     * Returns whether the round continues with the next parent: this one was read to its end, or
     * cannot be read.
     */
    private boolean readAll(String parent) {
      while (true) {
        Offset before = offsets.getOrDefault(parent, Offset.START);
        var unrepeated =
            new DeduplicatingEmitter(
                out, early.getOrDefault(parent, List.of()), reached -> mark(parent, reached));
        Offset after;
        try {
          after = children.read(parent, before, unrepeated);
        } catch (ConnectorException e) {
          return goesOnAfter(e, parent, unrepeated);
        }
        failuresInARow = 0;
        if (after.equals(before)) {
          early.remove(parent);
          passed = true;
          return true;
        }
        offsets.put(parent, after);
        moved = true;
        if (!out.wantsMore()) {
          return false;
        }
      }
    }

    private void mark(String parent, Offset reached) {
      offsets.put(parent, reached);
      moved = true;
      out.mark(position(Optional.of(parent)));
    }

    private boolean goesOnAfter(ConnectorException e, String parent, DeduplicatingEmitter emitted) {
      if (!emitted.fits()) {
        throw e.at(parent);
      }
      if (emitted.hasPassedOn()) {
        early.put(parent, emitted.names());
      }
      if (isOfTheSource(e)) {
        if (moved || passed) {
          return false; // keep what was read; the next read meets the failure again
        }
        throw e.at(parent);
      }
      // the next round meets it again, and fails when it finds nothing else to do
      failure = failure.or(() -> Optional.of(e.at(parent)));
      run = Optional.empty();
      return true;
    }

    /** Returns whether the other parents would fail as well. */
    private boolean isOfTheSource(ConnectorException e) {
      return e.kind() == Kind.TRANSIENT
          && (e.resumeAt().isPresent()
              || context.deadline().isPast()
              || ++failuresInARow == MOST_FAILURES);
    }

    private Offset position(Optional<String> at) {
      return Offset.of(new Position(run.orElse(null), at.orElse(null), offsets, early));
    }
  }
}
