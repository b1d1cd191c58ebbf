package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageRef;
import dev.sluice.rest.walk.DeliveredKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offset of {@link NewestFirst}.
 *
 * @param until the newest cursor value that the last complete pass began with, or its own beginning
 *     where that is earlier; an instant
 * @param run the start of the invocation that began that pass; an instant
 * @param seen fingerprints of delivered records that the next pass may meet again, by cursor value
 * @param pass the one under way
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record NewestFirstOffset(
    @Nullable String until,
    @Nullable String run,
    @Nullable Map<String, List<String>> seen,
    @Nullable Pass pass) {

  /** Before the first pass. */
  static final NewestFirstOffset NONE = new NewestFirstOffset(null, null, null, null);

  /**
   * A pass that goes on.
   *
   * @param newest the cursor value that it began with; an instant
   * @param oldest everything above this cursor value was delivered; an instant
   * @param run when it began; an instant
   * @param path the page to continue with, the last one that was read
   * @param delivered fingerprints of records that were delivered and may be met again
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Pass(
      @Nullable String newest,
      @Nullable String oldest,
      String run,
      String path,
      @Nullable List<Request.Parameter> query,
      @Nullable List<String> delivered) {

    Optional<Instant> top() {
      return Optional.ofNullable(newest).map(Instant::parse);
    }

    Request page(Listing list) {
      return new PageRef(path, query).in(list);
    }

    Set<String> names() {
      return Optional.ofNullable(delivered).map(Set::copyOf).orElse(Set.of());
    }

    Optional<Instant> bottom() {
      return Optional.ofNullable(oldest).map(Instant::parse);
    }
  }

  Optional<Pass> underWay() {
    return Optional.ofNullable(pass);
  }

  Optional<Instant> reached() {
    return Optional.ofNullable(until).map(Instant::parse);
  }

  boolean hasReached(Instant value) {
    return reached().filter(reached -> !reached.isBefore(value)).isPresent();
  }

  /** Whether the invocation that began then has been through all that there was. */
  boolean isOfRun(Instant startedAt) {
    return startedAt.toString().equals(run);
  }

  DeliveredKeys delivered() {
    return DeliveredKeys.parse(Optional.ofNullable(seen).orElse(Map.of()));
  }

  /** Returns whether the invocation that began at this time has read everything. */
  NewestFirstOffset at(
      Request page,
      List<String> names,
      Optional<Instant> newest,
      Optional<Instant> oldest,
      Instant passBegan,
      DeliveredKeys memory) {
    var pass =
        new Pass(
            newest.map(Instant::toString).orElse(null),
            oldest.map(Instant::toString).orElse(null),
            passBegan.toString(),
            page.path(),
            page.query(),
            names);
    return new NewestFirstOffset(until, run, memory.toMap(), pass);
  }

  static NewestFirstOffset complete(
      Optional<Instant> until, Instant passBegan, DeliveredKeys memory) {
    return new NewestFirstOffset(
        until.map(Instant::toString).orElse(null), passBegan.toString(), memory.toMap(), null);
  }
}
