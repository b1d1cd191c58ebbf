package dev.sluice.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes a value when it is first asked for, and keeps it. May be used from any thread. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> source;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> source) {
    this.source = source;
  }

  @Override
  public synchronized T get() {
    T present = made.orElseGet(source);
    made = Optional.of(present);
    return present;
  }
}
