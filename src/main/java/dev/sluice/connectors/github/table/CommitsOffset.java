package dev.sluice.connectors.github.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset of {@link Commits}.
 *
 * @param tip the commit whose history is delivered, or is being read
 * @param run the start of the invocation in which that history was complete; an instant, absent
 *     before
 * @param windows how far the windows have advanced; absent once they were all read
 * @param comparison which part of that history is being read, when the rest was delivered before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CommitsOffset(
    @Nullable String tip,
    @Nullable String run,
    @Nullable Offset windows,
    @Nullable Comparison comparison) {

  /**
   * The pages of the commits that the tip reaches and another commit does not.
   *
   * @param base the other commit
   * @param page the next one, from 1
   * @param perPage the page size by which the pages are counted
   * @param isTipSeen whether the tip was on an earlier page
   */
  record Comparison(String base, int page, int perPage, boolean isTipSeen) {

    Comparison next(boolean isTipOnPage) {
      return new Comparison(base, page + 1, perPage, isTipSeen || isTipOnPage);
    }
  }

  static CommitsOffset of(Offset offset) {
    try {
      return offset
          .as(CommitsOffset.class)
          .orElseGet(() -> new CommitsOffset(null, null, Offset.START, null));
    } catch (ConnectorException e) {
      return new CommitsOffset(null, null, offset, null); // from a release that did not save tips
    }
  }

  static CommitsOffset loading(String tip, Offset windows) {
    return new CommitsOffset(tip, null, windows, null);
  }

  static CommitsOffset comparing(String tip, Comparison comparison) {
    return new CommitsOffset(tip, null, null, comparison);
  }

  static CommitsOffset complete(String tip, Instant run) {
    return new CommitsOffset(tip, run.toString(), null, null);
  }

  Optional<String> knownTip() {
    return Optional.ofNullable(tip);
  }

  boolean isOfRun(Instant startedAt) {
    return startedAt.toString().equals(run);
  }
}
