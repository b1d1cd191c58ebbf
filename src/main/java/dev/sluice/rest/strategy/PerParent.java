package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * after the other, in the order of their names, each with an offset of its own.
 *
 * <p>A round that is larger than a microbatch, or takes more than the time that is left, goes on
 * where it stopped, in another invocation if need be. A parent that appears is read from its
 * beginning. One that cannot be read does not keep the others from it, and fails the read once
 * there is nothing else to do. A rate limit, and a source that fails for several parents in a row,
 * end the read at once.
 */
public final class PerParent {

  /**
   * So many parents in a row that fail in a way that passes are taken for a source that is down.
   */
  private static final int MOST_FAILURES = 4;

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
   * other children. False, too, when it takes more than half of the time that is left to ask: a
   * read goes on in the next invocation, the question would begin again.
   *
   * @param complete where the complete read ended
   * @param unchanged asked with each parent and where its own read ended
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
      return Optional.empty(); // of another reading of the table: it says nothing about this one
    }
  }

  /** One way through the parents, or the part of it that a microbatch reads. */
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

    /** Whether all of some parent was read. */
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

    /** The position behind this microbatch; empty when there was nothing to do. */
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

    /** Whether the round goes on with the next parent: all of this one was read, or cannot be. */
    private boolean readAll(String parent) {
      while (true) {
        Offset before = offsets.getOrDefault(parent, Offset.START);
        var unrepeated = new DeduplicatingEmitter(out, early.getOrDefault(parent, List.of()));
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

    private boolean goesOnAfter(ConnectorException e, String parent, DeduplicatingEmitter emitted) {
      if (!emitted.fits()) {
        throw e.at(parent);
      }
      if (emitted.hasPassedOn()) {
        early.put(parent, emitted.names());
      }
      if (isOfTheSource(e)) {
        if (moved || passed) {
          return false; // what was read is kept; the next read meets the failure again
        }
        throw e.at(parent);
      }
      // the next round meets it again, and fails when it finds nothing else to do
      failure = failure.or(() -> Optional.of(e.at(parent)));
      run = Optional.empty();
      return true;
    }

    /** Whether the other parents would fail as well. */
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
