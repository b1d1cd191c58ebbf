package dev.sluice.runtime;

import java.util.Optional;
import java.util.stream.Stream;

/** The generations that the lake knows of a table, whatever the checkpoint store says. */
record GenerationsInLake(Lake lake, Destination destination) {

  Optional<Publication> current() {
    return lake.current(destination);
  }

  /** The newest of both flows and of the one that readers read; 0 when there is none. */
  int newest() {
    return Stream.concat(
            Stream.of(Flow.values())
                .flatMap(flow -> lake.log(destination, flow).generations().stream()),
            current().stream().map(Publication::generation))
        .max(Integer::compare)
        .orElse(0);
  }
}
