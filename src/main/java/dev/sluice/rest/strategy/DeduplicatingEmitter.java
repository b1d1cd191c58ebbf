package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An emitter that drops what earlier, failed reads from the same offset already emitted. Their
 * microbatch was committed because it held other records too.
 */
final class DeduplicatingEmitter implements RecordEmitter {

  /**
   * The most fingerprints in an offset; about as many as a microbatch of {@link NewestFirst} holds.
   */
  private static final int MOST = 3_000;

  private final RecordEmitter out;
  private final Consumer<Offset> marked;
  private final Set<String> before;
  private final List<String> names = new ArrayList<>();

  /**
   * @param before fingerprints of what was already emitted
   * @param marked takes the marks
   */
  DeduplicatingEmitter(RecordEmitter out, Collection<String> before, Consumer<Offset> marked) {
    this.out = out;
    this.marked = marked;
    this.before = new HashSet<>(before);
  }

  @Override
  public void emit(SourceRecord record) {
    boolean mayFit = names.size() <= MOST;
    if (mayFit || !before.isEmpty()) {
      String name = Fingerprints.of(record, List.of());
      if (before.contains(name)) {
        return;
      }
      if (mayFit) {
        names.add(name);
      }
    }
    out.emit(record);
  }

  @Override
  public boolean wantsMore() {
    return out.wantsMore();
  }

  /** What was emitted up to here is behind the offset: there is nothing to remember of it. */
  @Override
  public void mark(Offset reached) {
    names.clear();
    marked.accept(reached);
  }

  boolean hasPassedOn() {
    return !names.isEmpty();
  }

  boolean fits() {
    return before.size() + names.size() <= MOST;
  }

  /** Returns the fingerprints of everything emitted, by this read too, since its last mark. */
  List<String> names() {
    var all = new HashSet<>(before);
    all.addAll(names);
    return all.stream().sorted().toList();
  }
}
