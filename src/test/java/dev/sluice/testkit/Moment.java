package dev.sluice.testkit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A moment of a read: before which of its requests, as one of a number of steps from the first
 * request to the last.
 */
record Moment(int step, int steps) {
  static final Moment FIRST = new Moment(0, 1);

  /** Lists so many moments, the first and the last request among them. */
  static List<Moment> spread(int steps) {
    return IntStream.range(0, steps)
        .mapToObj(step -> step == 0 ? FIRST : new Moment(step, steps))
        .toList();
  }

  /** Returns the number of the request, from 1, in a read of so many requests. */
  int request(int requests) {
    return steps == 1 ? 1 : 1 + step * Math.max(0, requests - 1) / (steps - 1);
  }

  @Override
  public String toString() {
    if (step == 0) {
      return "at the first request";
    }
    return step == steps - 1
        ? "at the last request"
        : "at %d/%d of the requests".formatted(step, steps - 1);
  }
}
