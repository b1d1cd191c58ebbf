package dev.sluice.rest;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way down a {@link ChangeLog}, or the part of it that a microbatch reads. */
final class LogPass {
  private final ChangeLog log;
  private final Optional<LogPosition> position;
  private final Optional<Instant> until;
  private final Optional<Instant> since;
  private final RecordEmitter out;
  private final LogMemory delivered;
  private final LogMemory seen;
  private final LogMemory seenAgain = new LogMemory();
  private final Set<String> taken = new HashSet<>();
  private final Set<Request> followed = new HashSet<>();

  /** Deletions whose time the next older entry will tell. */
  private final List<SourceRecord> undated = new ArrayList<>();

  /** Tombstones of a crowd that cannot be told from those that were delivered. */
  private final List<SourceRecord> crowd = new ArrayList<>();

  private Optional<Instant> newest;

  /** When the entry above the undated ones happened, which is no earlier than they did. */
  private Optional<Instant> above = Optional.empty();

  private boolean emitted;

  LogPass(
      ChangeLog log, Optional<LogPosition> position, Optional<Instant> since, RecordEmitter out) {
    Optional<LogPosition.Pass> underWay = position.map(LogPosition::pass);
    this.log = log;
    this.position = position;
    this.until = position.map(LogPosition::until).map(Instant::parse);
    this.since = since;
    this.out = out;
    this.delivered = LogMemory.of(position.map(LogPosition::seen));
    this.seen = LogMemory.of(underWay.map(LogPosition.Pass::seen));
    this.newest = underWay.map(LogPosition.Pass::newest).map(Instant::parse);
  }

  Request follow(Request request) {
    if (!followed.add(request)) {
      throw ConnectorException.protocol(
          "A page of %s links to a page that was already read".formatted(request.path()));
    }
    return request;
  }

  /** Takes the next older entry. */
  void take(SourceRecord entry) {
    Optional<Instant> time = log.entries().time(entry);
    if (time.isEmpty()) {
      undated.add(entry);
      return;
    }
    if (newest.isEmpty() && !time.get().isAfter(log.latestSane())) {
      // no further than now: what is yet to happen before that time would be passed over
      newest = time.map(value -> value.isAfter(log.now()) ? log.now() : value);
    }
    date(time.get());
    take(entry, time.get(), time);
    above = time;
  }

  private void date(Instant time) {
    undated.forEach(entry -> take(entry, time, above));
    undated.clear();
  }

  /**
   * Takes an entry.
   *
   * @param at the time that its tombstone tells
   * @param latest it happened then or before; empty where nothing says
   */
  private void take(SourceRecord entry, Instant at, Optional<Instant> latest) {
    Optional<SourceRecord> tombstone = log.entries().tombstone(entry, at);
    if (tombstone.isEmpty()) {
      return; // without a look at its name: only deletions need one
    }
    String name = log.name(entry);
    if (!taken.add(name)) {
      return; // pushed to another page, it comes again
    }
    if (mayBeListedAgain(latest)) {
      seen.add(name);
    }
    if (delivered.contains(name)) {
      return;
    }
    if (delivered.isCrowded() && until.isPresent() && !at.isAfter(until.get())) {
      seenAgain.add(name);
      crowd.add(tombstone.get());
    } else {
      emit(tombstone.get());
    }
  }

  private boolean mayBeListedAgain(Optional<Instant> latest) {
    return newest.isEmpty()
        || latest.isEmpty()
        || !latest.get().isBefore(newest.get().minus(log.lookback()));
  }

  private void emit(SourceRecord tombstone) {
    emitted = true;
    out.emit(tombstone);
  }

  boolean hasEmitted() {
    return emitted;
  }

  /** The position in which this pass goes on with a page; empty where no offset can express it. */
  Optional<Offset> offset(Request page) {
    if (!undated.isEmpty() || !crowd.isEmpty()) {
      return Optional.empty();
    }
    var pass =
        new LogPosition.Pass(
            page.path(),
            page.query(),
            newest.map(Instant::toString).orElse(null),
            seen.saved().orElse(null));
    return Optional.of(
        Offset.of(
            new LogPosition(
                until.map(Instant::toString).orElse(null),
                position.map(LogPosition::seen).orElse(null),
                pass)));
  }

  /** The position behind this pass. */
  Offset complete() {
    // whatever was deleted before that, its last version lies before it, too
    date(since.orElseGet(log::now));
    if (!seenAgain.equalsAll(delivered)) {
      crowd.forEach(this::emit);
    }
    Optional<Instant> reached =
        newest.filter(value -> until.isEmpty() || value.isAfter(until.get()));
    return Offset.of(
        new LogPosition(
            reached.or(() -> until).map(Instant::toString).orElse(null),
            seen.saved().orElse(null),
            null));
  }
}
