package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The generations that the lake knows of a table, whatever the checkpoint store says.
 *
 * @param newest of both flows and of the one that readers read; 0 when there is none
 * @param current what readers are told to read
 */
public record LakeGenerations(int newest, Optional<PublishedGeneration> current) {

  public static LakeGenerations of(Lake lake, Destination destination) {
    var current = lake.current(destination);
    int newest =
        Stream.concat(
                Stream.of(Flow.values())
                    .flatMap(flow -> lake.log(destination, flow).generations().stream()),
                current.stream().map(PublishedGeneration::generation))
            .max(Integer::compare)
            .orElse(0);
    return new LakeGenerations(newest, current);
  }

  /** Adds a generation that exists although the lake has nothing of it yet. */
  public LakeGenerations atLeast(int generation) {
    return new LakeGenerations(Math.max(newest, generation), current);
  }

  /** Tells whether the newest generation is newer than that of a checkpoint. */
  public boolean areAheadOf(Optional<Checkpoint> stored) {
    return newest > stored.map(Checkpoint::generation).orElse(0);
  }
}
