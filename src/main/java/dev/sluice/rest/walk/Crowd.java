package dev.sluice.rest.walk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.page.PageRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place among the records of one cursor value that fill many pages, as an offset keeps it. What
 * is on the pages before it was given.
 *
 * @param value the cursor value; an instant
 * @param page the last page that was read, of the list from that value on
 * @param seen fingerprints of the records on it that were given
 * @param run the start of the invocation that began with the first of them; an instant
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Crowd(String value, PageRef page, @Nullable List<String> seen, @Nullable String run) {

  Crowd(Instant value, PageRef page, List<String> seen) {
    this(value.toString(), page, seen, null);
  }

  /** Returns the cursor value. */
  public Instant at() {
    return Instant.parse(value);
  }

  /** Returns when the invocation began that began with the first of them. */
  public Instant began(Instant unless) {
    return Optional.ofNullable(run).map(Instant::parse).orElse(unless);
  }

  /** Adds when the invocation began that began with the first of them. */
  public Crowd begun(Instant startedAt) {
    return new Crowd(value, page, seen, startedAt.toString());
  }

  /** Returns whether this place has the same records on its page. */
  public boolean isAsFarAs(Crowd other) {
    return value.equals(other.value) && Objects.equals(seen, other.seen);
  }

  FingerprintSet names() {
    return FingerprintSet.of(Optional.ofNullable(seen).orElse(List.of()));
  }
}
