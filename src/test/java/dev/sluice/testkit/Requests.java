package dev.sluice.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How many requests the undisturbed reads of a check take; each read is made once. */
final class Requests {
  private final Map<String, Integer> known = new ConcurrentHashMap<>();

  int of(Subject subject, String read, Supplier<Run> undisturbed) {
    return known.computeIfAbsent(
        subject.standIn().name() + ", " + read, unknown -> undisturbed.get().requests());
  }
}
