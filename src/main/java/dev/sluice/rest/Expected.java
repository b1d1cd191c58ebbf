package dev.sluice.rest;

import java.util.Set;

/**
 * Statuses that are no mistake of the request.
 *
 * @param empty there is nothing to list
 * @param expired the request was good once, and a new run helps
 */
record Expected(Set<Integer> empty, Set<Integer> expired) {
  static final Expected NONE = new Expected(Set.of(), Set.of());
}
