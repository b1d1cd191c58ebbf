package dev.sluice.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to a source while it is read. */
enum Change {
  FIRST_RECORD_UPDATED,
  MIDDLE_RECORD_UPDATED,
  RECORD_INSERTED,
  RECORD_INSERTED_LATE,
  FIRST_RECORD_DELETED,
  MIDDLE_RECORD_DELETED;

  /** Why the table cannot have it; empty when it can. */
  Optional<String> obstacle(StandInTable table) {
    Ability needed =
        switch (this) {
          case FIRST_RECORD_UPDATED, MIDDLE_RECORD_UPDATED -> table.updates();
          case FIRST_RECORD_DELETED, MIDDLE_RECORD_DELETED -> table.deletions();
          case RECORD_INSERTED, RECORD_INSERTED_LATE -> Ability.YES;
        };
    return needed instanceof Ability.No(String reason) ? Optional.of(reason) : Optional.empty();
  }

  /**
   * Where it can do harm. What happens to the first record pulls all others forward; for the rest
   * it is enough that there are ties.
   */
  List<CursorLayout> layouts(Duration resolution) {
    CursorLayout runs = CursorLayout.acrossBorders(resolution);
    return switch (this) {
      case FIRST_RECORD_UPDATED, FIRST_RECORD_DELETED ->
          List.of(CursorLayout.allDistinct(resolution), runs, CursorLayout.allEqual(resolution));
      case MIDDLE_RECORD_UPDATED, MIDDLE_RECORD_DELETED, RECORD_INSERTED, RECORD_INSERTED_LATE ->
          List.of(runs);
    };
  }

  /** Does it, at an instant of the source's clock. */
  void apply(StandInTable table, CursorLayout layout, Instant now) {
    RowSpec first = layout.rows().getFirst();
    RowSpec middle = layout.rows().get(layout.rows().size() / 2);
    switch (this) {
      case FIRST_RECORD_UPDATED -> table.put(first.changedAt(now));
      case MIDDLE_RECORD_UPDATED -> table.put(middle.changedAt(now));
      case RECORD_INSERTED -> table.put(RowSpec.of(layout.freeKey(), now));
      case RECORD_INSERTED_LATE -> table.put(RowSpec.of(layout.freeKey(), middle.cursor()));
      case FIRST_RECORD_DELETED -> table.delete(first.key(), now);
      case MIDDLE_RECORD_DELETED -> table.delete(middle.key(), now);
    }
  }

  /** In words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
