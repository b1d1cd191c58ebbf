package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Passes on what earlier reads from the same offset, which failed, have not passed on: the
 * microbatch that they belonged to was committed for the sake of others.
 */
final class DeduplicatingEmitter implements RecordEmitter {

  /** Room for these in an offset; about as many as a microbatch of {@link NewestFirst} holds. */
  private static final int MOST = 3_000;

  private final RecordEmitter out;
  private final Set<String> before;
  private final List<String> names = new ArrayList<>();

  /**
   * @param before fingerprints of what was passed on
   */
  DeduplicatingEmitter(RecordEmitter out, Collection<String> before) {
    this.out = out;
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

  boolean hasPassedOn() {
    return !names.isEmpty();
  }

  boolean fits() {
    return before.size() + names.size() <= MOST;
  }

  /** Fingerprints of all that was passed on, by this read too. */
  List<String> names() {
    var all = new HashSet<>(before);
    all.addAll(names);
    return all.stream().sorted().toList();
  }
}
