package dev.sluice.connectors.github.table;

import dev.sluice.connectors.github.table.CommitsOffset.Comparison;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.Repetition;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reads the commits of a branch. First it reads the history of its tip, by windows of the
 * committer's date; from then on, what later tips have added to it. A merge brings commits that are
 * older than what was read, so a date does not tell which ones are new.
 */
final class Commits {

  /** GitHub's status when a repository has no commit yet, or cannot be read at the moment. */
  private static final int EMPTY_OR_UNAVAILABLE = 409;

  private static final TimeCursor COMMITTED =
      TimeCursor.on("commit.committer.date")
          .identifiedBy(List.of("sha"))
          .since("since")
          .until("until")
          .sorted(TimeCursor.Order.UNSORTED);

  private final ConnectorContext context;
  private final ApiClient api;
  private final Repository repository;
  private final Options options;

  Commits(RepositoryRead read) {
    this.context = read.context();
    this.api = read.api();
    this.repository = read.repository();
    this.options = read.options();
  }

  /** Continues from {@code start}, by a window or more, or by a page of what is new. */
  Offset read(Offset start, RecordEmitter out) {
    CommitsOffset position = CommitsOffset.of(start);
    if (position.isOfRun(context.startedAt())) {
      return start;
    }
    if (position.windows() != null) {
      return load(position.knownTip(), position.windows(), start, out);
    }
    String known = position.knownTip().orElseThrow(Commits::unreadable);
    if (position.comparison() != null) {
      return compare(known, position.comparison(), out);
    }
    String tip = tip().orElseThrow(Commits::unavailable);
    int perPage = Lists.perPage(options);
    return tip.equals(known) ? start : compare(tip, new Comparison(known, 1, perPage, false), out);
  }

  /** Returns the newest commit; empty for a repository without commits. */
  private Optional<String> tip() {
    Listing newest =
        repository
            .list("commits", options)
            .with("sha", options.find(TableOptions.BRANCH))
            .with("per_page", "1")
            .emptyOn(EMPTY_OR_UNAVAILABLE);
    return api.page(newest, newest.request()).records().stream().findFirst().map(Commits::sha);
  }

  private static String sha(SourceRecord commit) {
    return commit.text("sha").orElse("");
  }

  private static ConnectorException unreadable() {
    return ConnectorException.configuration(
        "A saved offset names no commit; begin the table again with 'state reset'");
  }

  /** Returns the error for a repository that had commits before. */
  private static ConnectorException unavailable() {
    return ConnectorException.transientFailure(
        "GitHub says that the repository is empty or unavailable, and there were commits in it");
  }

  private Offset load(Optional<String> known, Offset windows, Offset start, RecordEmitter out) {
    Optional<String> tip = known.or(this::tip);
    if (tip.isEmpty() && windows.isStart()) {
      return start;
    }
    String pinned = tip.orElseThrow(Commits::unavailable);
    try {
      return load(pinned, windows, out);
    } catch (ConnectorException e) {
      if (known.isEmpty() || !isRefusal(e)) {
        throw e;
      }
      String current = tip().filter(now -> !now.equals(pinned)).orElseThrow(() -> e);
      return again(current, e);
    }
  }

  private Offset load(String tip, Offset windows, RecordEmitter out) {
    Listing history =
        repository.list("commits", options).with("sha", tip).unavailableOn(EMPTY_OR_UNAVAILABLE);
    Offset next =
        Incremental.of(context, api, history, COMMITTED, Duration.ZERO, options)
            .slidingWindow(
                options.get(TableOptions.WINDOW_SECONDS),
                Repetition.ALLOWED,
                from(),
                begin -> begin.or(() -> oldest(history)),
                windows,
                out);
    if (!next.equals(windows)) {
      return Offset.of(CommitsOffset.loading(tip, next));
    }
    // the windows end now, and some clocks are ahead
    Instant end = context.startedAt().truncatedTo(ChronoUnit.SECONDS);
    deliver(history, windows.isStart() ? from() : Optional.of(end), out);
    return Offset.of(CommitsOffset.complete(tip, context.startedAt()));
  }

  private Optional<Instant> from() {
    return options.find(TableOptions.START_DATE);
  }

  /**
   * Returns the root commit's date. Rewritten commits may be older; the first window has room for
   * them.
   */
  private Optional<Instant> oldest(Listing history) {
    return api.lastPage(history).records().stream().map(COMMITTED::value).min(Instant::compareTo);
  }

  /** Emits the commits dated at {@code begin} or later, from a history that does not change. */
  private void deliver(Listing history, Optional<Instant> begin, RecordEmitter out) {
    Listing list =
        history.with("since", begin.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()));
    Optional<Request> next = Optional.of(list.request());
    while (next.isPresent()) {
      Page page = api.page(list, next.get());
      page.records().stream().filter(commit -> isNotBefore(begin, commit)).forEach(out::emit);
      next = page.next();
    }
  }

  private static boolean isNotBefore(Optional<Instant> begin, SourceRecord commit) {
    return begin.filter(at -> COMMITTED.value(commit).isBefore(at)).isEmpty();
  }

  private Offset compare(String tip, Comparison comparison, RecordEmitter out) {
    Listing list =
        repository
            .list("compare/" + comparison.base() + "..." + tip, options)
            .recordsIn("commits")
            .with("per_page", Integer.toString(comparison.perPage()))
            .with("page", Integer.toString(comparison.page()))
            .unavailableOn(EMPTY_OR_UNAVAILABLE);
    List<SourceRecord> commits;
    try {
      commits = api.page(list, list.request()).records();
    } catch (ConnectorException e) {
      if (isRefusal(e)) {
        return again(tip, e);
      }
      throw e;
    }
    commits.stream().filter(commit -> isNotBefore(from(), commit)).forEach(out::emit);
    Comparison next = comparison.next(commits.stream().map(Commits::sha).anyMatch(tip::equals));
    if (!commits.isEmpty() && (!next.isTipSeen() || commits.size() >= comparison.perPage())) {
      return Offset.of(CommitsOffset.comparing(tip, next));
    }
    boolean isSetBack = commits.isEmpty() && comparison.page() == 1;
    return next.isTipSeen() || isSetBack
        ? Offset.of(CommitsOffset.complete(tip, context.startedAt()))
        : again(tip, "GitHub does not list so many new commits at once");
  }

  /**
   * Returns whether GitHub refuses the commit, for example because a forced push removed it from
   * the branch and it is gone by now.
   */
  private static boolean isRefusal(ConnectorException e) {
    return e.kind() == ConnectorException.Kind.CONFIGURATION && !e.isAccessDenied();
  }

  private Offset again(String tip, ConnectorException refusal) {
    return again(tip, String.valueOf(refusal.getMessage()));
  }

  private Offset again(String tip, String reason) {
    context
        .listener()
        .warning(
            "All commits of %s are read again, because what is new cannot be told: %s"
                .formatted(repository.key(), reason));
    return Offset.of(CommitsOffset.loading(tip, Offset.START));
  }
}
