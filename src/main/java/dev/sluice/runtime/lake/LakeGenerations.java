package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The generations that the lake knows of a table, whatever the checkpoint store says.
 *
 * @param present those that have microbatches, of both flows
 * @param current what readers are told to read
 */
public record LakeGenerations(Set<Integer> present, Optional<PublishedGeneration> current) {

  public static LakeGenerations of(Lake lake, Destination destination) {
    var current = lake.current(destination);
    return new LakeGenerations(
        Stream.of(Flow.values())
            .flatMap(flow -> lake.log(destination, flow).generations().stream())
            .collect(Collectors.toUnmodifiableSet()),
        current);
  }

  /** Returns the newest, the one that readers are told to read included; 0 when there is none. */
  public int newest() {
    return Stream.concat(present.stream(), current.stream().map(PublishedGeneration::generation))
        .max(Integer::compare)
        .orElse(0);
  }

  /** Tells whether the generation that readers are told to read is there. */
  public boolean hasCurrent() {
    return current.map(PublishedGeneration::generation).filter(present::contains).isPresent();
  }
}
