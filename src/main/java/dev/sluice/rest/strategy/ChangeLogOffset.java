package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a {@link ChangeLog}.
 *
 * @param until the newest change that the last complete pass saw; an instant
 * @param seen the tombstones that were delivered, from a lookback before {@code until} on
 * @param pass the pass under way
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ChangeLogOffset(
    @Nullable String until, ChangeLogMemory.@Nullable Saved seen, @Nullable Pass pass) {

  /**
   * A pass that continues with a page.
   *
   * @param newest the newest change that it saw; an instant
   * @param above what follows happened before that; an instant
   * @param seen the tombstones that it saw, from a lookback before {@code newest} on
   * @param again those of them that cannot be told from delivered ones
   * @param pages how many pages it has read; absent in offsets of earlier releases
   * @param landmark see {@link Steps}
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Pass(
      @Nullable String path,
      @Nullable List<Request.Parameter> query,
      @Nullable String newest,
      @Nullable String above,
      ChangeLogMemory.@Nullable Saved seen,
      ChangeLogMemory.@Nullable Saved again,
      @Nullable Long pages,
      @Nullable String landmark) {

    Request request(Listing log) {
      return new PageRef(path, query).in(log);
    }

    Steps steps() {
      return new Steps(Optional.ofNullable(pages).orElse(0L), landmark);
    }
  }
}
