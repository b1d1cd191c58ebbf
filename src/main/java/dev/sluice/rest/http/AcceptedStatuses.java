package dev.sluice.rest.http;

import java.util.Optional;
import java.util.Set;

/**
 * What an answer may be, beside a success.
 *
 * @param answers statuses that answer the request too, such as "there is nothing to list"
 * @param expired statuses that say: the request was good once, and a new run helps
 * @param known the tag of an answer that is known; the source says 304 instead of sending it again
 */
public record AcceptedStatuses(Set<Integer> answers, Set<Integer> expired, Optional<String> known) {
  public static final int NOT_MODIFIED = 304;
  public static final AcceptedStatuses NONE = page(Set.of(), Set.of());

  public static AcceptedStatuses page(Set<Integer> empty, Set<Integer> expired) {
    return new AcceptedStatuses(empty, expired, Optional.empty());
  }

  /** The known answer or another one; of what is refused for good, a new read will tell. */
  public static AcceptedStatuses unless(String known) {
    return new AcceptedStatuses(
        Set.of(NOT_MODIFIED, 400, 404, 405, 406, 409, 410, 412, 414, 422),
        Set.of(),
        Optional.of(known));
  }
}
