package dev.sluice.simulation;

import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.TableReport;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells from an invocation's calls and their answers which branches it took. Only counts: what it
 * gets wrong makes a count wrong, never a run right.
 */
final class Witness {
  private static final Pattern BATCH = Pattern.compile("/(data|deletes)/g=(\\d+)/\\d+\\.");

  private final World world;
  private final String runId;

  /** Objects and checkpoints whose writing was not answered, or refused. */
  private final Set<String> unknownObjects = new HashSet<>();

  private final Map<Flow, Checkpoint> unknown = new EnumMap<>(Flow.class);
  private final Map<Flow, Checkpoint> refused = new EnumMap<>(Flow.class);
  private boolean created;

  Witness(World world, String runId) {
    this.world = world;
    this.runId = runId;
  }

  private void count(Branch branch) {
    world.sometimes().count(branch);
  }

  StoredObject creation(String key, Map<String, String> metadata, Supplier<StoredObject> call) {
    if (world.isHeld() && !world.isHeldBy(runId)) {
      count(Branch.WROTE_AFTER_ITS_LEASE_WAS_TAKEN_OVER);
    }
    if (key.contains("/offsets/")) {
      count(Branch.KEPT_A_LARGE_OFFSET);
    }
    created = true;
    try {
      StoredObject there = call.get();
      if (!isOwn(there) && metadata.containsKey("run-id")) {
        count(
            "seal".equals(there.metadata().get("kind"))
                ? Branch.ADOPTED_THE_SEAL_OF_A_FASTER_RUN
                : Branch.ADOPTED_THE_OBJECT_OF_A_FASTER_RUN);
      }
      return there;
    } catch (OutcomeUnknownException e) {
      unknownObjects.add(key);
      throw e;
    }
  }

  private boolean isOwn(StoredObject object) {
    return runId.equals(object.metadata().get("run-id"));
  }

  void found(String key, Optional<StoredObject> found) {
    if (unknownObjects.remove(key)) {
      count(
          found.isEmpty()
              ? Branch.STOPPED_AT_AN_UNKNOWN_OBJECT
              : isOwn(found.get())
                  ? Branch.RECOGNISED_ITS_OBJECT_AFTER_A_LOST_REPLY
                  : Branch.FOUND_ANOTHERS_OBJECT_AFTER_A_LOST_REPLY);
    }
  }

  boolean replacement(
      Flow flow, Optional<Checkpoint> expected, Checkpoint next, Supplier<Boolean> call) {
    try {
      boolean replaced = call.get();
      if (replaced) {
        moved(expected, next);
      } else {
        refused.put(flow, next);
      }
      return replaced;
    } catch (OutcomeUnknownException e) {
      unknown.put(flow, next);
      throw e;
    }
  }

  private void moved(Optional<Checkpoint> expected, Checkpoint next) {
    if (expected.isEmpty()) {
      if (next.generation() > 1 || next.sequence() > 0) {
        count(Branch.LAKE_KNEW_BETTER_THAN_NO_CHECKPOINT);
      }
    } else if (next.generation() > expected.get().generation()) {
      if (next.sequence() > 0) {
        count(Branch.LAKE_KNEW_A_NEWER_GENERATION);
      }
    } else {
      long steps = next.sequence() - expected.get().sequence();
      if (steps == 0) {
        count(Branch.MOVED_THE_OFFSET_ALONE);
      } else if (steps > 1) {
        count(Branch.CAUGHT_UP_WITH_MANY_OBJECTS);
      } else if (!created) {
        count(Branch.ADOPTED_AN_OBJECT_BEFORE_READING);
      }
    }
    created = false;
  }

  void loaded(Flow flow, Optional<Checkpoint> loaded) {
    Optional<Checkpoint> wished = Optional.ofNullable(unknown.remove(flow));
    if (wished.isPresent() && loaded.equals(wished)) {
      count(Branch.RECOGNISED_ITS_CHECKPOINT_AFTER_A_LOST_REPLY);
    }
    Optional<Checkpoint> denied = Optional.ofNullable(refused.remove(flow));
    if (denied.isPresent()) {
      count(
          loaded.equals(denied)
              ? Branch.RECOGNISED_ITS_CHECKPOINT_AFTER_A_REFUSAL
              : Branch.LOST_THE_RACE_FOR_A_CHECKPOINT);
    }
  }

  void replacedDocument(String key, boolean replaced) {
    if (!replaced && key.endsWith("/current.json")) {
      count(Branch.LOST_THE_RACE_FOR_THE_POINTER);
    }
  }

  void deleted(String key) {
    var batch = BATCH.matcher(key);
    if (batch.find()) {
      int generation = Integer.parseInt(batch.group(2));
      count(
          generation > world.shownGeneration()
              ? Branch.DROPPED_A_GENERATION_THAT_WAS_NEVER_SHOWN
              : Branch.REMOVED_AN_OLD_GENERATION);
    }
  }

  Lease leasing(Supplier<Lease> call) {
    boolean isAnothers = !world.isHeldBy(runId) && world.isHeld();
    Lease lease = call.get();
    if (lease instanceof Lease.Taken) {
      count(Branch.FOUND_THE_TABLE_BUSY);
    } else if (isAnothers) {
      count(Branch.TOOK_OVER_AN_EXPIRED_LEASE);
    }
    return lease;
  }

  void reported(InvocationReport report) {
    for (TableReport table : report.tables()) {
      String message = table.error().map(error -> error.message()).orElse("");
      switch (table.outcome()) {
        case FAILED -> count(message.startsWith("Stuck") ? Branch.WAS_STUCK : Branch.FAILED);
        case OUT_OF_TIME -> count(Branch.RAN_OUT_OF_TIME);
        case BUSY -> {
          if (message.contains("left generation")) {
            count(Branch.FENCED);
          }
        }
        case RATE_LIMITED, CAUGHT_UP -> {}
      }
    }
  }
}
