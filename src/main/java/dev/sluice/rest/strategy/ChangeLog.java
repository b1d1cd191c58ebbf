package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.SourceClock;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.FollowedPages;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads deletes from a log of changes that the source lists newest first, from an instant on, such
 * as FHIR's {@code _history}.
 *
 * <p>A pass reads from the newest entry down to where the last pass began. Entries written
 * meanwhile push others to later pages, where they appear again, so none is lost. The offset moves
 * when a pass is complete. A pass that is larger than a microbatch continues with its next page.
 * When that page has gone, it begins anew, passes over what it has delivered, and has to come
 * further than before.
 *
 * <p>A tombstone is delivered twice only where more of them were written within a lookback than an
 * offset can remember, or at the instant at which a pass was interrupted that began anew.
 */
@ConnectorApi
public final class ChangeLog {
  private final ConnectorContext context;
  private final SourceClock clock;
  private final PageFetch fetch;
  private final Listing log;
  private final ChangeLogEntries entries;
  private final String sinceParameter;
  private final Duration lookback;
  private final Duration futureTolerance;

  private ChangeLog(
      ConnectorContext context,
      SourceClock clock,
      PageFetch fetch,
      Listing log,
      ChangeLogEntries entries,
      String sinceParameter,
      Duration lookback,
      Duration futureTolerance) {
    this.context = context;
    this.clock = clock;
    this.fetch = fetch;
    this.log = log;
    this.entries = entries;
    this.sinceParameter = sinceParameter;
    this.lookback = lookback;
    this.futureTolerance = futureTolerance;
  }

  /**
   * Describes a log.
   *
   * @param sinceParameter takes the instant from which entries are listed, included
   * @param lookback how far before the newest entry each pass looks for entries that became visible
   *     late
   * @param futureTolerance an entry dated further than this after now does not move the offset
   */
  public static ChangeLog of(
      ConnectorContext context,
      ApiClient api,
      Listing log,
      ChangeLogEntries entries,
      String sinceParameter,
      Duration lookback,
      Duration futureTolerance) {
    return new ChangeLog(
        context, api.clock(), api, log, entries, sinceParameter, lookback, futureTolerance);
  }

  static ChangeLog of(
      ConnectorContext context,
      PageFetch fetch,
      Listing log,
      ChangeLogEntries entries,
      String sinceParameter,
      Duration lookback,
      Duration futureTolerance) {
    var clock = new SourceClock(context.clock());
    return new ChangeLog(
        context, clock, fetch, log, entries, sinceParameter, lookback, futureTolerance);
  }

  /**
   * Emits the tombstones that follow {@code start}.
   *
   * @param from where the first read begins, included
   */
  public Offset read(Optional<Instant> from, Offset start, RecordEmitter out) {
    Optional<ChangeLogOffset> position = start.as(ChangeLogOffset.class);
    Optional<Instant> until = position.map(ChangeLogOffset::until).map(Instant::parse);
    Optional<ChangeLogOffset.Pass> underWay = position.map(ChangeLogOffset::pass);
    if (underWay.isEmpty()
        && until.filter(value -> !value.isBefore(context.startedAt())).isPresent()) {
      return start;
    }
    Optional<Instant> since = until.map(value -> value.minus(lookback)).or(() -> from);
    Listing asked =
        log.with(
            sinceParameter, since.map(value -> value.truncatedTo(ChronoUnit.MILLIS).toString()));
    var pass = new ChangeLogPass(this, position, since, out);
    if (underWay.isPresent()) {
      Request place = underWay.get().request(asked);
      Optional<Page> page = find(asked, place);
      if (page.isPresent()) {
        return read(asked, place, page.get(), pass, out);
      }
      pass.beginAnew();
    }
    return read(asked, asked.request(), fetch.page(asked, asked.request()), pass, out);
  }

  /**
   * Returns the page that a pass continues with; empty when it may have gone: its link expires, and
   * may lead to a place that has moved.
   */
  private Optional<Page> find(Listing asked, Request place) {
    try {
      return Optional.of(fetch.page(asked, place));
    } catch (ConnectorException e) {
      if (e.isAccessDenied() || e.resumeAt().isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Offset read(
      Listing asked, Request first, Page firstPage, ChangeLogPass pass, RecordEmitter out) {
    var followed = new FollowedPages(asked);
    Request request = followed.follow(first);
    Page page = firstPage;
    while (true) {
      pass.take(page);
      Optional<Request> next = followed.after(request, page);
      if (next.isEmpty()) {
        return pass.complete();
      }
      request = followed.follow(next.get());
      Optional<Offset> reached = pass.goTo(request);
      reached.filter(offset -> pass.hasEmitted()).ifPresent(out::mark);
      if (!out.wantsMore() && reached.isPresent()) {
        return reached.get();
      }
      page = fetch.page(asked, request);
    }
  }

  /** Returns when the invocation began, by our clock or the source's, whichever is behind. */
  Instant now() {
    return clock.earliest(context.startedAt());
  }

  Instant latestSane() {
    return context.startedAt().plus(futureTolerance);
  }

  ChangeLogEntries entries() {
    return entries;
  }

  Duration lookback() {
    return lookback;
  }

  /** Identifies an entry, in few characters. */
  String name(SourceRecord entry) {
    return Fingerprints.of(entries.name(entry));
  }
}
