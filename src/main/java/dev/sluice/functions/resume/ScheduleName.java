package dev.sluice.functions.resume;

import dev.sluice.runtime.text.Sha256;
import java.time.Instant;
import java.util.List;

/** The name of a one-time schedule: the same for the same resumption, and for no other. */
public final class ScheduleName {
  private static final int HEAD = 20;
  private static final int HASH = 32;

  private ScheduleName() {}

  /** At most 64 characters of those that a name may have. */
  public static String of(String pipeline, List<String> tables, Instant at) {
    var whole = new StringBuilder(pipeline);
    // Names hold no control characters, so that nothing else has this text.
    tables.stream().sorted().forEach(table -> whole.append('\0').append(table));
    whole.append('\0').append(at.getEpochSecond());
    String head = pipeline.replaceAll("[^0-9A-Za-z_.-]", "-");
    return "sluice-%s-%s"
        .formatted(
            head.length() > HEAD ? head.substring(0, HEAD) : head,
            Sha256.of(whole.toString()).substring(0, HASH));
  }
}
