package dev.sluice.connectors.github.table;

import dev.sluice.connectors.github.table.CommitsOffset.Comparison;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the commits of a branch, a page at a time. First it reads the history of its tip; from then
 * on, what later tips have added to it. It does not ask by time: a merge brings commits that are
 * older than what was read, and git ends a list at the first commit before its lower bound.
 */
final class Commits {

  /** GitHub's status when a repository has no commit yet, or cannot be read at the moment. */
  private static final int EMPTY_OR_UNAVAILABLE = 409;

  private static final TimeCursor COMMITTED =
      TimeCursor.on("commit.committer.date").identifiedBy(List.of("sha"));

  private final ConnectorContext context;
  private final ApiClient api;
  private final Repository repository;
  private final Options options;
  private final int perPage;

  Commits(RepositoryRead read) {
    this.context = read.context();
    this.api = read.api();
    this.repository = read.repository();
    this.options = read.options();
    this.perPage = Lists.perPage(options);
  }

  /** Continues from {@code start}, by one page. */
  Offset read(Offset start, RecordEmitter out) {
    CommitsOffset position = CommitsOffset.of(start);
    if (position.isOfRun(context.startedAt())) {
      return start;
    }
    Optional<String> known = position.knownTip();
    if (position.walk() != null) {
      HistoryWalk walk = position.walk();
      return known.or(this::tip).map(tip -> walkOrBeginAgain(tip, walk, out)).orElse(start);
    }
    if (known.isPresent() && position.comparison() != null) {
      return compare(known.get(), position.comparison(), out);
    }
    Optional<String> tip = tip();
    if (known.isEmpty()) {
      return tip.map(newest -> walk(newest, HistoryWalk.WHOLE, out)).orElse(start);
    }
    String newest = tip.orElseThrow(Commits::unavailable);
    return newest.equals(known.get())
        ? start
        : compare(newest, Comparison.with(known.get(), perPage), out);
  }

  /** Returns the newest commit; empty for a repository without commits. */
  private Optional<String> tip() {
    Listing newest =
        repository
            .list("commits", options)
            .with("sha", options.find(TableOptions.BRANCH))
            .sizedBy(Lists.PER_PAGE, 1)
            .emptyOn(EMPTY_OR_UNAVAILABLE);
    return api.page(newest, newest.request()).records().stream().findFirst().map(Commits::sha);
  }

  static String sha(SourceRecord commit) {
    return commit.text("sha").orElse("");
  }

  static Instant date(SourceRecord commit) {
    return COMMITTED.value(commit);
  }

  /** Returns the error for a repository that had commits before. */
  private static ConnectorException unavailable() {
    return ConnectorException.transientFailure(
        "GitHub says that the repository is empty or unavailable, and there were commits in it");
  }

  /** Walks on; when the tip is gone by now, for example by a forced push, from the present one. */
  private Offset walkOrBeginAgain(String tip, HistoryWalk walk, RecordEmitter out) {
    try {
      return walk(tip, walk, out);
    } catch (ConnectorException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      String current = tip().filter(now -> !now.equals(tip)).orElseThrow(() -> e);
      Offset begun = walk(current, HistoryWalk.WHOLE, out);
      warnOfAll(e);
      return begun;
    }
  }

  private Offset walk(String tip, HistoryWalk walk, RecordEmitter out) {
    Listing history =
        repository.list("commits", options).with("sha", tip).unavailableOn(EMPTY_OR_UNAVAILABLE);
    CommitPage asked = walk.place(perPage);
    Page page = asked.of(history, api);
    CommitPage place = asked.read(page);
    mustBeOfHistory(page, place, tip);
    HistoryWalk.Step step = walk.take(page.records(), place.next(page.elements()));
    emit(step.news(), out);
    return Offset.of(
        step.isEnd() || page.next().isEmpty()
            ? CommitsOffset.complete(tip, context.startedAt())
            : CommitsOffset.walking(tip, step.walk()));
  }

  /** A history begins with its tip and has no page without commits. */
  private static void mustBeOfHistory(Page page, CommitPage place, String tip) {
    Optional<String> first = page.records().stream().findFirst().map(Commits::sha);
    if (first.isEmpty()) {
      throw ConnectorException.transientFailure(
          "Page %d of the history of %s is empty, and it was to have commits"
              .formatted(place.page(), tip));
    }
    if (place.page() > 1 && first.get().equals(tip)) {
      throw ConnectorException.protocol(
          "Page %d of the history of %s is its first page again".formatted(place.page(), tip));
    }
  }

  private void emit(List<SourceRecord> commits, RecordEmitter out) {
    Optional<Instant> from = options.find(TableOptions.START_DATE);
    commits.stream()
        .filter(commit -> from.filter(date(commit)::isBefore).isEmpty())
        .forEach(out::emit);
  }

  private Offset compare(String tip, Comparison comparison, RecordEmitter out) {
    CommitPage asked = comparison.place().in(perPage);
    Listing list =
        repository
            .list("compare/" + comparison.base() + "..." + tip, options)
            .recordsIn("commits")
            .unavailableOn(EMPTY_OR_UNAVAILABLE);
    Page page;
    try {
      page = asked.of(list, api);
    } catch (ConnectorException e) {
      return withoutComparing(tip, comparison.base(), e, out);
    }
    CommitPage place = asked.read(page);
    List<SourceRecord> commits = page.records();
    Optional<String> first = commits.stream().findFirst().map(Commits::sha);
    if (place.page() > 1 && first.isPresent() && first.get().equals(comparison.first())) {
      throw ConnectorException.protocol(
          "Page %d of what is new in %s is its first page again".formatted(place.page(), tip));
    }
    emit(commits, out);
    boolean isTipSeen =
        comparison.isTipSeen() || commits.stream().map(Commits::sha).anyMatch(tip::equals);
    if (!commits.isEmpty() && (!isTipSeen || commits.size() >= place.perPage())) {
      CommitPage next = place.next(commits.size());
      return Offset.of(CommitsOffset.comparing(tip, comparison.at(next, first.get(), isTipSeen)));
    }
    boolean isSetBack = commits.isEmpty() && place.page() == 1;
    if (isTipSeen || isSetBack) {
      return Offset.of(CommitsOffset.complete(tip, context.startedAt()));
    }
    warnOfWalk("GitHub does not list so many new commits at once");
    return Offset.of(CommitsOffset.walking(tip, HistoryWalk.of(tip, comparison.base())));
  }

  /** Finds what is new where GitHub does not compare the commits, be it for once or for good. */
  private Offset withoutComparing(
      String tip, String known, ConnectorException failure, RecordEmitter out) {
    if (isRefusal(failure)) {
      warnOfAll(failure);
      return Offset.of(CommitsOffset.walking(tip, HistoryWalk.WHOLE));
    }
    if (!mayPassOtherwise(failure)) {
      throw failure;
    }
    Offset walking = walk(tip, HistoryWalk.of(tip, known), out);
    warnOfWalk(String.valueOf(failure.getMessage()));
    return walking;
  }

  /**
   * Returns whether GitHub refuses the commit, for example because a forced push removed it from
   * the branch and it is gone by now.
   */
  private static boolean isRefusal(ConnectorException e) {
    return e.kind() == ConnectorException.Kind.CONFIGURATION && !e.isAccessDenied();
  }

  /** Returns whether another request may be answered although this one is not. */
  private boolean mayPassOtherwise(ConnectorException e) {
    return e.kind() == ConnectorException.Kind.TRANSIENT
        && e.resumeAt().isEmpty()
        && !context.deadline().isPast();
  }

  private void warnOfAll(ConnectorException refusal) {
    warn(
        "All commits of %s are read again, because what is new cannot be told: %s",
        String.valueOf(refusal.getMessage()));
  }

  private void warnOfWalk(String reason) {
    warn(
        "The new commits of %s are read from the newest one down to the last known one, because"
            + " GitHub does not compare them: %s",
        reason);
  }

  private void warn(String text, String reason) {
    context.listener().warning(text.formatted(repository.key(), reason));
  }
}
