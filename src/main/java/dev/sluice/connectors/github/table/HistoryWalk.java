package dev.sluice.connectors.github.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the history of one commit, page by page, as git lists it: a commit before its
 * parents, but otherwise in no order to rely on. The history of a commit does not change, so a page
 * number is a place in it.
 *
 * @param page the next one; absent before the first
 * @param frontier where the walk ends before the first commit does
 * @param earlier what an earlier release has delivered of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryWalk(
    @Nullable CommitPage page, @Nullable Frontier frontier, @Nullable EarlierRead earlier) {

  /** A walk from the tip to the first commit. */
  static final HistoryWalk WHOLE = new HistoryWalk(null, null, null);

  /** What a page brings, and where the walk goes on. */
  record Step(List<SourceRecord> news, HistoryWalk walk, boolean isEnd) {}

  /** Returns a walk down to a commit whose history is known. */
  static HistoryWalk of(String tip, String known) {
    return new HistoryWalk(null, Frontier.between(tip, known), null);
  }

  /** Returns a walk for what an earlier release had still to read. */
  static HistoryWalk after(String cursor) {
    return cursor.isEmpty() ? WHOLE : new HistoryWalk(null, null, new EarlierRead(cursor, null));
  }

  CommitPage place(int perPage) {
    return Optional.ofNullable(page).orElse(CommitPage.first(perPage)).in(perPage);
  }

  /** Takes the commits of a page. */
  Step take(List<SourceRecord> commits, CommitPage next) {
    List<SourceRecord> news = new ArrayList<>();
    Frontier open = frontier == null ? null : new Frontier(frontier.known(), frontier.unknown());
    EarlierRead read = earlier;
    for (SourceRecord commit : commits) {
      if (open != null ? open.isNew(commit) : read == null || read.lacks(commit)) {
        news.add(commit);
      }
      read = read == null ? null : read.with(commit);
    }
    boolean isEnd = open != null && open.isPassed();
    Frontier kept = open == null || open.isTooWide() ? null : open;
    return new Step(news, new HistoryWalk(next, kept, read), isEnd);
  }
}
