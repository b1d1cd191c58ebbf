package dev.sluice.rest;

import java.util.Optional;
import java.util.Set;

/**
 * What an answer may be, beside a success.
 *
 * @param answers statuses that answer the request too, such as "there is nothing to list"
 * @param expired statuses that say: the request was good once, and a new run helps
 * @param known the tag of an answer that is known; the source says 304 instead of sending it again
 */
record Expected(Set<Integer> answers, Set<Integer> expired, Optional<String> known) {
  static final int NOT_MODIFIED = 304;
  static final Expected NONE = page(Set.of(), Set.of());

  static Expected page(Set<Integer> empty, Set<Integer> expired) {
    return new Expected(empty, expired, Optional.empty());
  }

  /** The known answer or another one; of what is refused for good, a new read will tell. */
  static Expected unless(String known) {
    return new Expected(
        Set.of(NOT_MODIFIED, 400, 404, 405, 406, 409, 410, 412, 414, 422),
        Set.of(),
        Optional.of(known));
  }
}
