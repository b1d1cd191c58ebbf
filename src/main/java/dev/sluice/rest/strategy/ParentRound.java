package dev.sluice.rest.strategy;

import dev.sluice.rest.strategy.PerParent.Parent;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One round through the parents of {@link PerParent}, or the part of it that a microbatch reads.
 *
 * <p>Before the first record of a parent it marks a place behind that parent, which is then left
 * for later. When the parent fails, what it has emitted since can be dropped, and the round goes
 * on; those that are left follow when it has been through all others.
 */
final class ParentRound {

  /** After this many temporary failures of parents in a row the source counts as down. */
  private static final int MOST_FAILURES = 4;

  /** Where a parent has got to, and whether it is left for later. */
  private record Change(String parent, Offset reached, boolean isLeft) {}

  /** A parent's turn. */
  private record Turn(Parent parent, Optional<String> here, Optional<String> next) {}

  private final ConnectorContext context;
  private final PerParent.Children children;
  private final RecordEmitter out;
  private final ParentsOffset before;
  private final boolean goesOn;
  private final @Nullable String run;
  private final Set<String> leftBefore;
  private final Set<String> left;
  private final Map<String, Offset> offsets;
  private final List<Turn> turns;

  /** What has happened so far; the offset of a mark is made of the part before it. */
  private final List<Change> changes = new ArrayList<>();

  private Map<String, List<String>> early;
  private Optional<ConnectorException> failure = Optional.empty();
  private int failuresInARow;

  /** Whether the offset of a parent has moved. */
  private boolean moved;

  /** Whether one parent was read to its end. */
  private boolean passed;

  ParentRound(
      ConnectorContext context,
      PerParent.Children children,
      List<Parent> parents,
      ParentsOffset before,
      RecordEmitter out) {
    this.context = context;
    this.children = children;
    this.out = out;
    this.before = before;
    this.goesOn = before.at() != null;
    boolean isOver = !goesOn && before.isOfRun(context.startedAt());
    this.run = goesOn ? before.run() : context.startedAt().toString();
    this.leftBefore = goesOn || isOver ? left(parents, before) : Set.of();
    this.left = new TreeSet<>(leftBefore);
    this.offsets = before.offsets();
    this.early = before.delivered();
    this.turns = turns(isOver ? List.of() : from(parents, before.at()), parents, leftBefore);
  }

  private static Set<String> left(List<Parent> parents, ParentsOffset before) {
    Set<String> left = before.unread();
    left.retainAll(parents.stream().map(Parent::id).collect(Collectors.toSet()));
    return left;
  }

  /** Returns the parents from one on; all, when it is gone. */
  private static List<Parent> from(List<Parent> parents, @Nullable String at) {
    List<Parent> rest = parents.stream().dropWhile(parent -> !parent.id().equals(at)).toList();
    return rest.isEmpty() ? parents : rest;
  }

  private static List<Turn> turns(List<Parent> first, List<Parent> all, Set<String> left) {
    List<Turn> turns = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < first.size(); i++) {
      Optional<String> next =
          i + 1 < first.size() ? Optional.of(first.get(i + 1).id()) : Optional.empty();
      turns.add(new Turn(first.get(i), Optional.of(first.get(i).id()), next));
      ids.add(first.get(i).id());
    }
    for (Parent parent : all) {
      if (left.contains(parent.id()) && !ids.contains(parent.id())) {
        turns.add(new Turn(parent, Optional.empty(), Optional.empty()));
      }
    }
    return turns;
  }

  /**
   * Returns the offset after this microbatch; empty when there was nothing to do.
   *
   * @param hasMoved whether the position at the beginning is to be saved in any case
   */
  Optional<Offset> read(boolean hasMoved) {
    moved = hasMoved;
    for (Turn turn : turns) {
      boolean hasTime = !passed || out.wantsMore();
      if (!hasTime || !readAll(turn)) {
        return Optional.of(offset(turn.here()));
      }
    }
    boolean isChanged = moved || goesOn || (failure.isEmpty() && !left.equals(before.unread()));
    if (failure.isPresent() && !isChanged) {
      throw failure.get(); // else the next read meets it again, and has nothing else to do
    }
    return isChanged ? Optional.of(offset(Optional.empty())) : Optional.empty();
  }

  /**
   * Returns whether the round continues with the next parent: this one was read to its end, or
   * cannot be read.
   */
  private boolean readAll(Turn turn) {
    String id = turn.parent().id();
    while (true) {
      Offset start = offsets.getOrDefault(id, Offset.START);
      var emitter = new ChildEmitter(turn, early.getOrDefault(id, List.of()));
      Offset end;
      try {
        end = children.read(id, start, emitter);
      } catch (ConnectorException e) {
        leave(turn, e.at(turn.parent().name()), emitter.hasUnmarked);
        return true;
      }
      failuresInARow = 0;
      if (end.equals(start)) {
        passed = true;
        change(id, start, false);
        forgetEarly(id);
        return true;
      }
      reach(turn, end);
      if (!out.wantsMore()) {
        return false;
      }
    }
  }

  private void reach(Turn turn, Offset reached) {
    moved = true;
    change(turn.parent().id(), reached, turn.here().isEmpty());
    out.mark(offset(turn.here()));
  }

  private void change(String parent, Offset reached, boolean isLeft) {
    var change = new Change(parent, reached, isLeft);
    changes.add(change);
    apply(change, offsets, left);
  }

  private static void apply(Change change, Map<String, Offset> offsets, Set<String> left) {
    if (!change.reached().isStart()) {
      offsets.put(change.parent(), change.reached());
    }
    if (change.isLeft()) {
      left.add(change.parent());
    } else {
      left.remove(change.parent());
    }
  }

  private void forgetEarly(String parent) {
    if (early.containsKey(parent)) {
      early = new TreeMap<>(early); // marks have the one before
      early.remove(parent);
    }
  }

  private void leave(Turn turn, ConnectorException e, boolean hasUnmarked) {
    String id = turn.parent().id();
    if (isOfTheSource(e)) {
      if (!hasUnmarked && (moved || passed)) {
        out.mark(offset(turn.here()));
      }
      throw e;
    }
    if (hasUnmarked) {
      throw e; // the next read begins at the last mark
    }
    change(id, offsets.getOrDefault(id, Offset.START), true);
    failure = failure.or(() -> Optional.of(e));
  }

  /** Returns whether the other parents would fail as well. */
  private boolean isOfTheSource(ConnectorException e) {
    return e.kind() == Kind.TRANSIENT
        && (e.resumeAt().isPresent()
            || context.deadline().isPast()
            || ++failuresInARow == MOST_FAILURES);
  }

  /** Returns the offset of the present moment, with the parent at which the round goes on. */
  private Offset offset(Optional<String> at) {
    int count = changes.size();
    Map<String, List<String>> delivered = early;
    return Offset.later(
        () -> {
          Map<String, Offset> reached = before.offsets();
          Set<String> unread = new TreeSet<>(leftBefore);
          changes.subList(0, count).forEach(change -> apply(change, reached, unread));
          String whole = at.isEmpty() && unread.isEmpty() ? null : before.lastWhole();
          return new ParentsOffset(run, whole, at.orElse(null), unread, reached, delivered);
        });
  }

  /** Passes on what a parent emits, but what an earlier release has delivered already. */
  private final class ChildEmitter implements RecordEmitter {
    private final Turn turn;
    private final Set<String> delivered;
    private boolean hasUnmarked;

    ChildEmitter(Turn turn, List<String> delivered) {
      this.turn = turn;
      this.delivered = Set.copyOf(delivered);
    }

    @Override
    public void emit(SourceRecord record) {
      if (!delivered.isEmpty() && delivered.contains(Fingerprints.of(record, List.of()))) {
        return;
      }
      if (!hasUnmarked && turn.next().isPresent()) {
        String id = turn.parent().id();
        change(id, offsets.getOrDefault(id, Offset.START), true);
        out.mark(offset(turn.next()));
      }
      hasUnmarked = true;
      out.emit(record);
    }

    @Override
    public boolean wantsMore() {
      return out.wantsMore();
    }

    @Override
    public void mark(Offset reached) {
      hasUnmarked = false;
      reach(turn, reached);
    }
  }
}
