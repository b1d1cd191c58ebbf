package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.Crowd;
import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The progress of one read: emits the rows that were not delivered before, and builds the offset
 * that says so.
 */
final class ReadProgress {
  /** Stands for the cursor of a record without one, among those that were delivered. */
  private static final Instant UNDATED = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** After so many records without a cursor, and none with one, there is no reason to go on. */
  private static final int MOST_UNDATED_ALONE = 100;

  /**
   * What a read goes by.
   *
   * @param settle how long records may still be written with an earlier timestamp
   * @param latestSane later cursor values are delivered, and do not move the cursor
   */
  record Terms(
      TimeCursor field,
      Repetition repetition,
      Duration lookback,
      Duration settle,
      Instant startedAt,
      Instant latestSane,
      RequestListener listener) {

    /**
     * Names a record among those of its cursor value. Where records may come twice, another content
     * is another version.
     */
    String name(SourceRecord record) {
      return repetition == Repetition.NEVER
          ? field.fingerprint(record)
          : Fingerprints.ofContent(record);
    }

    /** Returns whether nothing more may have been written at a time when an invocation began. */
    private boolean isSettled(Instant value, Instant began) {
      return !began.isBefore(value.plus(settle).plus(lookback));
    }
  }

  /** The rows of a page, and the place that they lead to among others of their cursor value. */
  private record Step(List<Row> rows, Optional<Crowd> crowd) {}

  /** How far an invocation has come. */
  private enum Stage {
    LOOKING_BACK,
    AHEAD,
    THROUGH
  }

  private final Terms terms;
  private final DatedPages pages;
  private final CursorOffset before;
  private final Optional<Instant> forgottenBefore;
  private final DeliveredKeys delivered;

  private Optional<Instant> cursor;
  private Optional<Instant> forgotten;
  private Optional<Crowd> crowd;

  /** Of the records delivered before, those that this read has not met again. */
  private final DeliveredKeys ahead;

  /** The digest of the lookback, while all of it is delivered again. */
  private Optional<String> repeating = Optional.empty();

  private Stage stage;
  private boolean overflowing;
  private boolean hasEmitted;
  private int undated;

  ReadProgress(CursorOffset before, DatedPages pages, Terms terms) {
    this.before = before;
    this.pages = pages;
    this.terms = terms;
    this.cursor = before.reached();
    this.forgottenBefore = before.forgottenBy(terms.lookback());
    this.forgotten = forgottenBefore;
    this.delivered = before.delivered();
    this.crowd = Optional.ofNullable(before.crowd()).filter(this::isToGoOn);
    this.ahead = before.delivered();
    this.stage =
        before.hasLookedBackIn(terms.startedAt()) || cursor.isEmpty()
            ? Stage.AHEAD
            : Stage.LOOKING_BACK;
  }

  Optional<Instant> cursor() {
    return cursor;
  }

  /**
   * Returns whether a read goes on from a place. Records that were read before nothing more could
   * be written among them are read once more, unless none may come twice.
   */
  private boolean isToGoOn(Crowd place) {
    Instant value = place.at();
    boolean isToBeReadAgain =
        terms.repetition() == Repetition.ALLOWED
            && cursor.equals(Optional.of(value))
            && terms.isSettled(value, terms.startedAt())
            && !terms.isSettled(value, place.began(terms.startedAt()));
    return isRemembered(value) && !isToBeReadAgain;
  }

  /** Returns whether what was delivered at a value counts for the next read. */
  private boolean isRemembered(Instant value) {
    return cursor.filter(last -> value.isBefore(last.minus(terms.lookback()))).isEmpty()
        && forgotten.filter(until -> !value.isAfter(until)).isEmpty();
  }

  /** Returns the place among the records of one cursor value, where they fill many pages. */
  Optional<Crowd> crowd() {
    return crowd;
  }

  /** Returns whether everything up to an instant was read, or that this invocation could read. */
  boolean hasReached(Instant value) {
    return before.isThroughIn(terms.startedAt())
        || cursor.filter(reached -> !reached.isBefore(value)).isPresent();
  }

  /** Returns where to read from: a lookback before the cursor, the first time in an invocation. */
  Optional<Instant> from() {
    return cursor.map(value -> stage == Stage.LOOKING_BACK ? value.minus(terms.lookback()) : value);
  }

  /**
   * Returns the part of the lookback whose records are not remembered one by one, if there is one.
   */
  Optional<Instant> forgottenInLookback() {
    return stage == Stage.LOOKING_BACK
        ? forgottenBefore.filter(value -> !value.isBefore(from().orElseThrow()))
        : Optional.empty();
  }

  /** Delivers the records up to {@code forgotten} again, because something among them is new. */
  void repeatForgotten(String digest) {
    repeating = Optional.of(digest);
  }

  /**
   * Takes the rows of a walk until the microbatch is full.
   *
   * @return whether the walk came to its end; if not, an offset can express where it stopped
   */
  boolean drain(Walk walk, RecordEmitter out) {
    try (var steps = new ReadAhead<>(() -> walk.next().map(rows -> new Step(rows, walk.crowd())))) {
      for (var step = steps.next(); step.isPresent(); step = steps.next()) {
        offer(step.get().rows(), out);
        step.get().crowd().ifPresent(this::goOnFrom);
        offerUndated(out);
        if (canStop()) {
          mark(out);
          if (!out.wantsMore()) {
            return false;
          }
        } else {
          out.wantsMore(); // says that there is progress, and ends a read that takes too long
        }
      }
    }
    offerUndated(out);
    return true;
  }

  /** Goes on from a place among many records of one value: none before it is remembered. */
  private void goOnFrom(Crowd place) {
    Instant value = place.at();
    boolean isCrowded = cursor.equals(Optional.of(value)) && !delivered.fits(value);
    Optional<Crowd> known = crowd.filter(at -> at.at().equals(value));
    if (repeating.isPresent() || (known.isEmpty() && !isCrowded)) {
      return;
    }
    delivered.replace(value, ahead);
    if (known.isEmpty()) {
      crowd.map(Crowd::at).ifPresent(this::forgetUntil);
    }
    if (known.filter(place::isAsFarAs).isEmpty()) {
      crowd =
          Optional.of(
              place.begun(known.map(at -> at.began(terms.startedAt())).orElse(terms.startedAt())));
    }
  }

  private void mark(RecordEmitter out) {
    if (hasMoved() && isPlaced()) {
      out.mark(offset());
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
    if (terms.field().order() == TimeCursor.Order.ASCENDING) {
      cursor.ifPresent(this::forget);
    }
  }

  private void forget(Instant cursor) {
    delivered.forgetBefore(cursor.minus(terms.lookback()));
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
        .filter(value -> !value.isAfter(terms.latestSane()))
        .reduce((left, right) -> left.isAfter(right) ? left : right)
        .filter(last -> cursor.isEmpty() || last.isAfter(cursor.get()))
        .or(() -> cursor)
        .map(last -> last.minus(terms.lookback()))
        .orElse(Instant.MIN);
  }

  private void offer(Row row, Instant kept, RecordEmitter out) {
    Instant value = row.cursor();
    if (isBeforeTheRead(value) || isDelivered(row)) {
      return;
    }
    out.emit(row.record());
    if (value.isAfter(terms.latestSane())) {
      offeredFromTheFuture(row);
      return;
    }
    hasEmitted = true;
    if (!value.isBefore(kept)) {
      delivered.add(value, terms.name(row.record()));
    }
    advanceTo(value);
  }

  private boolean isDelivered(Row row) {
    Instant value = row.cursor();
    if (!delivered.knows(value)) {
      return false;
    }
    String name = terms.name(row.record());
    ahead.remove(value, name);
    return delivered.contains(value, name)
        // the name that offsets of earlier releases hold
        || delivered.contains(value, terms.field().fingerprint(row.record()));
  }

  private void offeredFromTheFuture(Row row) {
    if (rememberBeyond(row.cursor(), row.record())) {
      terms
          .listener()
          .warning(
              "A record is dated %s in '%s', far after now: delivered, but the cursor stays"
                  .formatted(row.cursor(), terms.field().field()));
    }
  }

  /**
   * Remembers a record that does not move the cursor. More of these than can be remembered are
   * delivered again, and do not count as news.
   */
  private boolean rememberBeyond(Instant value, SourceRecord record) {
    if (delivered.addBeyond(cursor, value, terms.name(record))) {
      hasEmitted = true;
      return true;
    }
    if (terms.repetition() == Repetition.NEVER) {
      throw ConnectorException.configuration(
          "More records are dated far after now in '%s', or not at all, than can be remembered, %s among them, and none of this table may come twice: correct them in the source"
              .formatted(terms.field().field(), terms.field().identify(record)));
    }
    overflowing = true;
    return false;
  }

  /** Delivers the records without a cursor as they are. */
  private void offerUndated(RecordEmitter out) {
    for (var next = pages.takeUndated(); next.isPresent(); next = pages.takeUndated()) {
      SourceRecord record = next.get();
      undated++;
      if (undated > MOST_UNDATED_ALONE && !isPlaced()) {
        pages.requireDated();
      }
      if (!delivered.contains(UNDATED, terms.name(record))) {
        out.emit(record);
        if (rememberBeyond(UNDATED, record)) {
          terms
              .listener()
              .warning(
                  "%s is delivered, but does not move the cursor: %s"
                      .formatted(terms.field().identify(record), terms.field().fault(record)));
        }
      }
    }
  }

  private boolean isBeforeTheRead(Instant value) {
    return repeating.isEmpty()
        && forgottenBefore.isPresent()
        && !value.isAfter(forgottenBefore.get());
  }

  private void advanceTo(Instant value) {
    if (cursor.isEmpty() || value.isAfter(cursor.get())) {
      cursor = Optional.of(value);
    }
    if (before.reached().filter(value::isAfter).isPresent()) {
      goTo(Stage.AHEAD);
    }
  }

  private void goTo(Stage next) {
    stage = stage.compareTo(next) < 0 ? next : stage;
  }

  /** Marks everything that was asked for as read. */
  void complete(RecordEmitter out) {
    goTo(Stage.AHEAD);
    cursor.ifPresent(this::forget);
    mark(out);
  }

  /** Marks everything before {@code end} as read: nothing more will be written there. */
  void completeUntil(Instant end, RecordEmitter out) {
    advanceTo(end);
    complete(out);
  }

  /** Marks everything that there was when the invocation began as read. */
  void completeInvocation() {
    stage = Stage.THROUGH;
  }

  /**
   * Returns whether an offset can express this place. It cannot among the records of one cursor
   * value that are too many to remember, within a lookback or a future whose records are delivered
   * again as a whole, or in a list that is not sorted.
   */
  private boolean canStop() {
    return terms.field().order() == TimeCursor.Order.ASCENDING
        && !overflowing
        && (repeating.isEmpty() || stage != Stage.LOOKING_BACK)
        && isPlaced()
        && cursor.filter(value -> !delivered.fits(value)).isEmpty();
  }

  /** Returns whether the table is known to have records with a cursor. */
  private boolean isPlaced() {
    return undated == 0 || before.reached().isPresent() || pages.hasDated();
  }

  Terms terms() {
    return terms;
  }

  /** Returns the digest of the forgotten part of the lookback, as it was last delivered. */
  Optional<String> digestBefore() {
    return Optional.ofNullable(before.window());
  }

  /** Returns whether anything but what was known before was found out. */
  boolean hasMoved() {
    return hasEmitted
        || !cursor.equals(before.reached())
        || !crowd.equals(Optional.ofNullable(before.crowd()));
  }

  /**
   * Returns where the next read begins: the offset of this place, or where this one began when
   * nothing has come of it.
   *
   * @throws ConnectorException of kind {@code PROTOCOL} when no record of the table has a cursor
   */
  Offset end(Offset start) {
    if (!isPlaced()) {
      pages.requireDated();
    }
    return hasMoved() ? offset() : start;
  }

  private Offset offset() {
    cursor.flatMap(value -> delivered.shrink(value, Instant.MAX)).ifPresent(this::forgetUntil);
    Optional<Instant> oldest = cursor.map(value -> value.minus(terms.lookback()));
    Optional<Instant> stillForgotten =
        forgotten.filter(value -> oldest.filter(least -> !value.isBefore(least)).isPresent());
    boolean sameWindow = cursor.equals(before.reached()) && forgotten.equals(forgottenBefore);
    return Offset.of(
        new CursorOffset(
            cursor.map(Instant::toString).orElse(null),
            stage == Stage.LOOKING_BACK ? before.run() : terms.startedAt().toString(),
            delivered.toMap(),
            terms.lookback().isZero() ? null : terms.lookback().toString(),
            stillForgotten.map(Instant::toString).orElse(null),
            sameWindow ? repeating.orElse(before.window()) : null,
            stage == Stage.THROUGH ? terms.startedAt().toString() : null,
            crowd.filter(at -> isRemembered(at.at())).orElse(null)));
  }
}
