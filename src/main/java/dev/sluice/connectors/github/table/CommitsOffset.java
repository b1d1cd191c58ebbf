package dev.sluice.connectors.github.table;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
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
 * @param windows how far an earlier release had advanced, which read that history by time
 * @param walk how much of that history is read
 * @param comparison which part of that history is being read, when the rest was delivered before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CommitsOffset(
    @Nullable String tip,
    @Nullable String run,
    @Nullable JsonNode windows,
    @Nullable HistoryWalk walk,
    @Nullable Comparison comparison) {

  private static final CommitsOffset NONE = new CommitsOffset(null, null, null, null, null);

  /**
   * The pages of the commits that the tip reaches and another commit does not.
   *
   * @param base the other commit
   * @param first the first commit of the page before
   * @param isTipSeen whether the tip was on an earlier page
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Comparison(
      String base,
      int page,
      int perPage,
      @Nullable Integer asked,
      @Nullable String first,
      boolean isTipSeen) {

    static Comparison with(String base, int perPage) {
      return new Comparison(base, 1, perPage, perPage, null, false);
    }

    CommitPage place() {
      return new CommitPage(page, perPage, asked);
    }

    Comparison at(CommitPage place, String firstBefore, boolean isTipReached) {
      return new Comparison(
          base, place.page(), place.perPage(), place.asked(), firstBefore, isTipReached);
    }
  }

  /** An offset of a release that did not save tips. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Windows(@Nullable String cursor) {}

  static CommitsOffset of(Offset offset) {
    CommitsOffset saved;
    try {
      saved = offset.as(CommitsOffset.class).orElse(NONE);
    } catch (ConnectorException e) {
      return offset
          .as(Windows.class)
          .map(Windows::cursor)
          .map(cursor -> new CommitsOffset(null, null, null, HistoryWalk.after(cursor), null))
          .orElseThrow(() -> e);
    }
    return Optional.ofNullable(saved.windows)
        .map(before -> walking(saved.tip, HistoryWalk.after(before.path("cursor").asText(""))))
        .orElse(saved);
  }

  static CommitsOffset walking(@Nullable String tip, HistoryWalk walk) {
    return new CommitsOffset(tip, null, null, walk, null);
  }

  static CommitsOffset comparing(String tip, Comparison comparison) {
    return new CommitsOffset(tip, null, null, null, comparison);
  }

  static CommitsOffset complete(String tip, Instant run) {
    return new CommitsOffset(tip, run.toString(), null, null, null);
  }

  Optional<String> knownTip() {
    return Optional.ofNullable(tip);
  }

  boolean isOfRun(Instant startedAt) {
    return startedAt.toString().equals(run);
  }
}
