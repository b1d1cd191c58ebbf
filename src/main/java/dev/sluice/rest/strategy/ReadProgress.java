package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of one read: emits the rows that were not delivered before, and builds the offset
 * that says so.
 */
final class ReadProgress {
  private final TimeCursor field;
  private final Repetition repetition;
  private final Duration lookback;
  private final Instant startedAt;
  private final Instant latestSane;
  private final RequestListener listener;
  private final Optional<Instant> cursorBefore;
  private final Optional<Instant> forgottenBefore;
  private final DeliveredKeys delivered;
  private final Optional<String> runBefore;
  private final Optional<String> throughBefore;

  private Optional<Instant> cursor;
  private Optional<Instant> forgotten;
  private Optional<String> window;
  private boolean repeating;
  private boolean lookedBack;
  private boolean through;
  private boolean overflowing;
  private long emitted;

  ReadProgress(
      Optional<CursorOffset> position,
      TimeCursor field,
      Repetition repetition,
      Duration lookback,
      Duration futureTolerance,
      Instant startedAt,
      RequestListener listener) {
    this.field = field;
    this.repetition = repetition;
    this.lookback = lookback;
    this.startedAt = startedAt;
    this.latestSane = startedAt.plus(futureTolerance);
    this.listener = listener;
    this.cursorBefore = position.map(CursorOffset::cursor).map(Instant::parse);
    this.runBefore = position.map(CursorOffset::run);
    this.throughBefore = position.map(CursorOffset::through);
    this.cursor = cursorBefore;
    this.forgottenBefore = position.flatMap(before -> before.forgottenBy(lookback));
    this.forgotten = forgottenBefore;
    this.window = position.map(CursorOffset::window);
    this.delivered = DeliveredKeys.parse(position.map(CursorOffset::seen).orElse(Map.of()));
    this.lookedBack = runBefore.equals(Optional.of(startedAt.toString())) || cursor.isEmpty();
  }

  Optional<Instant> cursor() {
    return cursor;
  }

  boolean hasReached(Instant value) {
    return cursor.isPresent() && !cursor.get().isBefore(value);
  }

  /** Returns where to read from: a lookback before the cursor, the first time in an invocation. */
  Optional<Instant> from() {
    return cursor.map(value -> lookedBack ? value : value.minus(lookback));
  }

  /**
   * Returns the part of the lookback whose records are not remembered one by one, if there is one.
   */
  Optional<Instant> forgottenInLookback() {
    return lookedBack
        ? Optional.empty()
        : forgottenBefore.filter(value -> from().isPresent() && !value.isBefore(from().get()));
  }

  boolean knowsWindow(String digest) {
    return window.equals(Optional.of(digest));
  }

  /** Delivers the records up to {@code forgotten} again, because something among them is new. */
  void repeatForgotten(String digest) {
    repeating = true;
    window = Optional.of(digest);
  }

  /**
   * Takes the rows of a walk until the microbatch is full.
   *
   * @return whether the walk came to its end; if not, an offset can express where it stopped
   */
  boolean drain(Walk walk, RecordEmitter out) {
    try (var pages = new ReadAhead<>(walk::next)) {
      while (true) {
        Optional<List<Row>> rows;
        try {
          rows = pages.next();
        } catch (ConnectorException e) {
          if (hasEmitted() && canStop()) {
            return false; // keep what was read; the next read meets the error again
          }
          throw e;
        }
        if (rows.isEmpty()) {
          return true;
        }
        offer(rows.get(), out);
        if (!out.wantsMore() && canStop()) {
          return false;
        }
      }
    }
  }

  /**
   * Takes the rows of one page. In a list that is not sorted older rows may follow; what is known
   * of them is forgotten at its end.
   */
  private void offer(List<Row> rows, RecordEmitter out) {
    if (rows.isEmpty()) {
      return;
    }
    Instant kept = oldestToRemember(rows);
    for (Row row : rows) {
      offer(row, kept, out);
    }
    if (field.order() == TimeCursor.Order.ASCENDING) {
      cursor.ifPresent(this::forget);
    }
  }

  private void forget(Instant cursor) {
    delivered.forgetBefore(cursor.minus(lookback));
    delivered.shrink(cursor, cursor).ifPresent(this::forgetUntil);
  }

  private void forgetUntil(Instant value) {
    if (forgotten.isEmpty() || value.isAfter(forgotten.get())) {
      forgotten = Optional.of(value);
    }
  }

  private Instant oldestToRemember(List<Row> rows) {
    return rows.stream()
        .map(Row::cursor)
        .filter(value -> !value.isAfter(latestSane))
        .reduce((left, right) -> left.isAfter(right) ? left : right)
        .filter(last -> cursor.isEmpty() || last.isAfter(cursor.get()))
        .or(() -> cursor)
        .map(last -> last.minus(lookback))
        .orElse(Instant.MIN);
  }

  private void offer(Row row, Instant kept, RecordEmitter out) {
    Instant value = row.cursor();
    if (isBeforeTheRead(value)) {
      return;
    }
    if (delivered.knows(value) && delivered.contains(value, field.fingerprint(row.record()))) {
      return;
    }
    out.emit(row.record());
    if (value.isAfter(latestSane)) {
      offeredFromTheFuture(row);
      return;
    }
    emitted++;
    if (!value.isBefore(kept)) {
      delivered.add(value, field.fingerprint(row.record()));
    }
    advanceTo(value);
  }

  /** More of these than can be remembered are delivered again, and do not count as news. */
  private void offeredFromTheFuture(Row row) {
    if (delivered.addBeyond(cursor, row.cursor(), field.fingerprint(row.record()))) {
      emitted++;
      listener.warning(
          "A record is dated %s in '%s', far after now: delivered, but the cursor stays"
              .formatted(row.cursor(), field.field()));
    } else if (repetition == Repetition.NEVER) {
      throw ConnectorException.configuration(
          "More records are dated far after now in '%s', up to %s, than can be remembered, and none of this table may come twice: correct them in the source"
              .formatted(field.field(), row.cursor()));
    } else {
      overflowing = true;
    }
  }

  private boolean isBeforeTheRead(Instant value) {
    return !repeating && forgottenBefore.isPresent() && !value.isAfter(forgottenBefore.get());
  }

  private void advanceTo(Instant value) {
    if (cursor.isEmpty() || value.isAfter(cursor.get())) {
      cursor = Optional.of(value);
    }
    if (cursorBefore.isPresent() && value.isAfter(cursorBefore.get())) {
      lookedBack = true;
    }
  }

  /**
   * Marks everything that was asked for as read.
   *
   * @param end everything before it was read, and nothing more will be written there
   */
  void complete(Optional<Instant> end) {
    lookedBack = true;
    end.ifPresent(this::advanceTo);
    cursor.ifPresent(this::forget);
  }

  /** Marks everything that there was when the invocation began as read. */
  void completeInvocation() {
    through = true;
  }

  /** Returns whether this invocation has read everything that there was when it began. */
  boolean isOfThisInvocation() {
    return throughBefore.equals(Optional.of(startedAt.toString()));
  }

  /**
   * Returns whether an offset can express this place. It cannot among the records of one cursor
   * value that are too many to remember, within a lookback or a future whose records are delivered
   * again as a whole, or in a list that is not sorted.
   */
  private boolean canStop() {
    return field.order() == TimeCursor.Order.ASCENDING
        && !overflowing
        && (!repeating || lookedBack)
        && (cursor.isEmpty() || delivered.fits(cursor.get()));
  }

  Repetition repetition() {
    return repetition;
  }

  /** Returns whether anything but what was known before was found out. */
  boolean hasMoved() {
    return hasEmitted() || !cursor.equals(cursorBefore);
  }

  boolean hasEmitted() {
    return emitted > 0;
  }

  /** Returns the offset of this place. */
  Offset offset() {
    cursor.flatMap(value -> delivered.shrink(value, Instant.MAX)).ifPresent(this::forgetUntil);
    Optional<Instant> oldest = cursor.map(value -> value.minus(lookback));
    Optional<Instant> stillForgotten =
        forgotten.filter(value -> oldest.isPresent() && !value.isBefore(oldest.get()));
    boolean sameWindow = cursor.equals(cursorBefore) && forgotten.equals(forgottenBefore);
    return Offset.of(
        new CursorOffset(
            cursor.map(Instant::toString).orElse(null),
            lookedBack ? startedAt.toString() : runBefore.orElse(null),
            delivered.toMap(),
            lookback.isZero() ? null : lookback.toString(),
            stillForgotten.map(Instant::toString).orElse(null),
            window.filter(digest -> sameWindow).orElse(null),
            through ? startedAt.toString() : throughBefore.orElse(null)));
  }
}
