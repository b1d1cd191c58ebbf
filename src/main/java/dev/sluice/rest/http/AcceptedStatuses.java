package dev.sluice.rest.http;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statuses that are no failure of a call, in addition to 200. Any other success, such as 206,
 * is not all of what was asked for, unless the caller knows what it means.
 *
 * @param answers statuses that answer the request too, such as "there is nothing to list"
 * @param expired statuses that mean: the request was valid once, and a new run helps
 */
public record AcceptedStatuses(Set<Integer> answers, Set<Integer> expired) {
  public static final int NOT_MODIFIED = 304;
  public static final AcceptedStatuses NONE = new AcceptedStatuses(Set.of(), Set.of());

  /** Accepts 304, and also permanent refusals: the full read that follows reports those. */
  public static final AcceptedStatuses UNCHANGED =
      new AcceptedStatuses(
          Set.of(NOT_MODIFIED, 400, 404, 405, 406, 409, 410, 412, 414, 422), Set.of());

  /** Adds 304, for a call that asks for what has changed. */
  public AcceptedStatuses orUnchanged() {
    return new AcceptedStatuses(
        Stream.concat(answers.stream(), Stream.of(NOT_MODIFIED)).collect(Collectors.toSet()),
        expired);
  }

  boolean contains(Answer answer) {
    return answer.isOk() || answers.contains(answer.status());
  }
}
