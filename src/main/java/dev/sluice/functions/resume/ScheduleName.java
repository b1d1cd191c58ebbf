package dev.sluice.functions.resume;

import dev.sluice.runtime.text.Sha256;
import java.time.Instant;
import java.util.List;

/** The name of a one-time schedule; each resumption has its own. */
final class ScheduleName {
  private static final int HEAD = 20;
  private static final int HASH = 32;

  private ScheduleName() {}

  /** Returns at most 64 characters, all of them allowed in a name. */
  static String of(String pipeline, List<String> tables, Instant at) {
    var whole = new StringBuilder(pipeline);
    // Names have no control characters, so that no other resumption has this text.
    tables.stream().sorted().forEach(table -> whole.append('\0').append(table));
    whole.append('\0').append(at.getEpochSecond());
    String head = pipeline.replaceAll("[^0-9A-Za-z_.-]", "-");
    return "sluice-%s-%s"
        .formatted(
            head.length() > HEAD ? head.substring(0, HEAD) : head,
            Sha256.of(whole.toString()).substring(0, HASH));
  }
}
