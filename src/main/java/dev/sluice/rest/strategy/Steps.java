package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorException;
import org.jspecify.annotations.Nullable;

/**
 * The steps from place to place that a read has made, in any number of microbatches. It notices a
 * way that leads in a circle, whatever its length.
 *
 * @param number how many there were
 * @param landmark the place after one of them, the last whose number is a power of two
 */
record Steps(long number, @Nullable String landmark) {
  static final Steps NONE = new Steps(0, null);

  Steps to(String place) {
    if (place.equals(landmark)) {
      throw ConnectorException.protocol(
          "A page links to a page that was already read, at " + place);
    }
    long next = number + 1;
    return new Steps(next, Long.bitCount(next) == 1 ? place : landmark);
  }
}
