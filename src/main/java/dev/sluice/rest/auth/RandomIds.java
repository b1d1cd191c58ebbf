package dev.sluice.rest.auth;

import java.util.UUID;
import java.util.function.Supplier;

/** A source of identifiers that have not been used before. */
final class RandomIds implements Supplier<String> {

  @Override
  public String get() {
    return UUID.randomUUID().toString();
  }
}
