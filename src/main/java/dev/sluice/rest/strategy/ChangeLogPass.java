package dev.sluice.rest.strategy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** One pass over a {@link ChangeLog}, or the part of it that a microbatch reads. */
final class ChangeLogPass {
  /**
   * Entries without a timestamp, buffered until an older entry dates them. Beyond this limit they
   * get the time of the entry above.
   */
  private static final int MOST_UNDATED = 200;

  /**
   * Entries written during a pass push others to the next page, so a pass meets some entries twice.
   */
  private static final int MOST_TAKEN = 20_000;

  private static final Duration TICK = Duration.ofMillis(1);

  private final ChangeLog log;
  private final Optional<ChangeLogOffset> position;
  private final Optional<Instant> until;
  private final Optional<Instant> since;
  private final RecordEmitter out;
  private final ChangeLogMemory delivered;
  private final ChangeLogMemory seen;
  private final ChangeLogMemory seenAgain;
  private final SequencedSet<String> taken = new LinkedHashSet<>();

  /** Deletes that the next older entry will date. */
  private final List<SourceRecord> undated = new ArrayList<>();

  private Optional<Instant> newest;

  /** The time of the entry above the undated ones; they are not newer. */
  private Optional<Instant> above;

  /** Entries above that instant were delivered before the pass had to begin anew. */
  private Optional<Instant> deliveredDownTo = Optional.empty();

  private final Steps stepsBefore;
  private Steps steps;
  private long leastSteps;
  private boolean emitted;

  ChangeLogPass(
      ChangeLog log,
      Optional<ChangeLogOffset> position,
      Optional<Instant> since,
      RecordEmitter out) {
    Optional<ChangeLogOffset.Pass> underWay = position.map(ChangeLogOffset::pass);
    this.log = log;
    this.position = position;
    this.until = position.map(ChangeLogOffset::until).map(Instant::parse);
    this.since = since;
    this.out = out;
    this.delivered = ChangeLogMemory.of(position.map(ChangeLogOffset::seen));
    this.seen = ChangeLogMemory.of(underWay.map(ChangeLogOffset.Pass::seen));
    this.seenAgain = ChangeLogMemory.of(underWay.map(ChangeLogOffset.Pass::again));
    this.newest = underWay.map(ChangeLogOffset.Pass::newest).map(Instant::parse);
    this.above = underWay.map(ChangeLogOffset.Pass::above).map(Instant::parse);
    this.stepsBefore = underWay.map(ChangeLogOffset.Pass::steps).orElse(Steps.NONE);
    this.steps = stepsBefore;
  }

  /**
   * Begins this pass anew, from the top of the log, because its page has gone: passes over what it
   * has delivered, and has no offset before it is further than it was.
   */
  void beginAnew() {
    deliveredDownTo = above;
    leastSteps = stepsBefore.number();
    steps = Steps.NONE;
  }

  boolean hasEmitted() {
    return emitted;
  }

  /** Reads the next older entries. */
  void take(Page page) {
    page.records().forEach(this::take);
  }

  private void take(SourceRecord entry) {
    Optional<Instant> time = log.entries().time(entry);
    if (time.isEmpty()) {
      undated.add(entry);
      return;
    }
    if (deliveredDownTo.isPresent()) {
      if (!time.get().isBefore(deliveredDownTo.get())) {
        undated.clear();
      }
      if (time.get().isAfter(deliveredDownTo.get())) {
        return;
      }
      deliveredDownTo = Optional.empty();
    }
    if (newest.isEmpty() && !time.get().isAfter(log.latestSane())) {
      // no later than now: an event that is yet to happen before that time would be skipped
      newest = time.map(value -> value.isAfter(log.now()) ? log.now() : value);
    }
    date(time.get(), time.get());
    take(entry, time.get(), time.get(), time);
    above = time;
  }

  private void date(Instant time, Instant earliest) {
    undated.forEach(entry -> take(entry, time, earliest, above));
    undated.clear();
  }

  /** Dates the buffered entries by the entry above them, when the next older time is far away. */
  private void dateMany() {
    if (undated.size() >= MOST_UNDATED) {
      Instant before = before();
      newest = newest.or(() -> Optional.of(log.now()));
      above = above.or(() -> Optional.of(log.now()));
      date(before, Instant.MIN);
    }
  }

  /**
   * Returns the instant just before the entry above: no restored resource is as old. Without such
   * an entry, the instant before this invocation, which has delivered nothing newer.
   */
  private Instant before() {
    return above.filter(log.now()::isAfter).orElseGet(log::now).minus(TICK);
  }

  /**
   * Takes an entry.
   *
   * @param at the time that its tombstone tells
   * @param earliest it happened then or later
   * @param latest it happened then or before; empty where nothing says
   */
  private void take(SourceRecord entry, Instant at, Instant earliest, Optional<Instant> latest) {
    Optional<SourceRecord> tombstone = log.entries().tombstone(entry, at);
    if (tombstone.isEmpty()) {
      return; // without reading its name: only deletes need one
    }
    String name = log.name(entry);
    if (!isFirst(name)) {
      return; // pushed to another page, it appears again
    }
    if (mayBeListedAgain(latest)) {
      seen.add(name);
    }
    if (delivered.contains(name)) {
      return;
    }
    if (delivered.isCrowded() && until.isPresent() && !earliest.isAfter(until.get())) {
      seenAgain.add(name);
    } else {
      emitted = true;
      out.emit(tombstone.get());
    }
  }

  private boolean isFirst(String name) {
    if (taken.size() > MOST_TAKEN) {
      taken.removeFirst();
    }
    return taken.add(name);
  }

  private boolean mayBeListedAgain(Optional<Instant> latest) {
    return newest.isEmpty()
        || latest.isEmpty()
        || !latest.get().isBefore(newest.get().minus(log.lookback()));
  }

  /**
   * Goes on to a page. Returns the offset from which this pass continues with it; empty where no
   * offset can express that.
   */
  Optional<Offset> goTo(Request page) {
    steps = steps.to(Fingerprints.of(page.path() + page.query()));
    dateMany();
    if (!undated.isEmpty() || steps.number() <= leastSteps) {
      return Optional.empty();
    }
    var pass =
        new ChangeLogOffset.Pass(
            page.path(),
            page.query(),
            newest.map(Instant::toString).orElse(null),
            above.map(Instant::toString).orElse(null),
            seen.saved().orElse(null),
            seenAgain.saved().orElse(null),
            steps.number(),
            steps.landmark());
    return Optional.of(
        Offset.of(
            new ChangeLogOffset(
                until.map(Instant::toString).orElse(null),
                position.map(ChangeLogOffset::seen).orElse(null),
                pass)));
  }

  /** Returns the offset after this pass. */
  Offset complete() {
    // whatever was deleted before that has its last version before it, too
    Instant end = since.orElseGet(this::before);
    date(end, end);
    if (!seenAgain.isEmpty() && !seenAgain.equalsAll(delivered)) {
      return repeatAll();
    }
    Optional<Instant> reached =
        newest.filter(value -> until.isEmpty() || value.isAfter(until.get()));
    return Offset.of(
        new ChangeLogOffset(
            reached.or(() -> until).map(Instant::toString).orElse(null),
            seen.saved().orElse(null),
            null));
  }

  /** Handles news that cannot be told from what was delivered: the next pass delivers all of it. */
  private Offset repeatAll() {
    return Offset.of(new ChangeLogOffset(until.map(Instant::toString).orElse(null), null, null));
  }
}
