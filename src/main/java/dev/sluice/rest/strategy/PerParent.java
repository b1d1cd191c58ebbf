package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /**
   * A parent.
   *
   * @param id by which the source knows it for good: one of another id is another parent, even
   *     under the same name, and one of another name the same
   * @param name for people, and in offsets from before there were ids
   */
  public record Parent(String id, String name) {

    /** Returns a parent that only its name tells from others. */
    public static Parent named(String name) {
      return new Parent(name, name);
    }
  }

  /** Reads the records of one parent. */
  @FunctionalInterface
  public interface Children {

    /**
     * Continues from {@code start}; returns it, and emits nothing, when there is nothing more.
     *
     * @param parent its id
     */
    Offset read(String parent, Offset start, RecordEmitter out);
  }

  private final ConnectorContext context;
  private final Supplier<? extends Collection<Parent>> parents;
  private final Children children;

  private PerParent(
      ConnectorContext context, Supplier<? extends Collection<Parent>> parents, Children children) {
    this.context = context;
    this.parents = parents;
    this.children = children;
  }

  /**
   * Reads a table of several parents.
   *
   * @param parents supplies them; called when there is something to read
   */
  public static PerParent of(
      ConnectorContext context, Supplier<? extends Collection<Parent>> parents, Children children) {
    return new PerParent(context, parents, children);
  }

  /** Continues from {@code start} until the microbatch is full or the round has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    ParentsOffset position = ParentsOffset.of(start);
    if (position.isWhole() && position.isOfRun(context.startedAt())) {
      return start;
    }
    List<Parent> all = inOrder();
    ParentsOffset identified = position.identifying(all);
    var round = new ParentRound(context, children, all, identified, out);
    return round.read(!identified.offsets().equals(position.offsets())).orElse(start);
  }

  private List<Parent> inOrder() {
    return parents.get().stream()
        .distinct()
        .sorted(Comparator.comparing(Parent::name).thenComparing(Parent::id))
        .toList();
  }

  /**
   * Returns whether nothing has changed since a complete read: the parents are the same, and none
   * has other children. Returns false, too, when asking takes more than half of the time left: a
   * read continues in the next invocation, but the question would start again.
   *
   * @param complete where the complete read ended
   * @param unchanged called with each parent's id and where its own read ended
   */
  public boolean isUnchanged(Offset complete, BiPredicate<String, Offset> unchanged) {
    Optional<ParentsOffset> position = position(complete).filter(ParentsOffset::isWhole);
    if (position.isEmpty()) {
      return false;
    }
    Duration half = context.deadline().remaining().dividedBy(2);
    List<Parent> all = inOrder();
    Map<String, Offset> offsets = position.get().identifying(all).offsets();
    Set<String> present = all.stream().map(Parent::id).collect(Collectors.toSet());
    return offsets.keySet().equals(present)
        && offsets.entrySet().stream()
            .allMatch(
                parent ->
                    context.deadline().allows(half)
                        && unchanged.test(parent.getKey(), parent.getValue()));
  }

  private static Optional<ParentsOffset> position(Offset complete) {
    try {
      return Optional.of(ParentsOffset.of(complete));
    } catch (ConnectorException e) {
      return Optional
          .empty(); // belongs to another reading of the table: it says nothing about this one
    }
  }
}
