package dev.sluice.spi;

import java.time.Duration;

/** The table options that the runtime understands; {@link TableSpec} adds them to a table's own. */
public final class BatchOptions {

  public static final Option<Integer> MAX_RECORDS =
      Option.number(
              "max_records_per_batch",
              "Records after which a microbatch is ended at the next possible position; without it,"
                  + " size and time end a microbatch",
              1,
              Integer.MAX_VALUE)
          .pacing();

  public static final Option<Integer> KEEP_GENERATIONS =
      Option.number(
              "keep_generations",
              "Complete generations of a snapshot table that stay in the lake, the current one"
                  + " included",
              1,
              Integer.MAX_VALUE)
          .withDefault(3)
          .pacing();

  public static final Option<Duration> KEEP_GENERATIONS_FOR =
      Option.time(
              "keep_generations_for",
              "Time for which a generation of a snapshot table stays at least after another took"
                  + " its place, for readers that began before")
          .withDefault(Duration.ofHours(1))
          .pacing();

  private BatchOptions() {}
}
