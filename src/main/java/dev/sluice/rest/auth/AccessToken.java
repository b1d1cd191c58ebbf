package dev.sluice.rest.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * What a source lets in for a while. Does not print itself.
 *
 * @param lifetime from now on; empty when the source does not say
 */
record AccessToken(String value, Optional<Duration> lifetime) {

  @Override
  public String toString() {
    return "an access token";
  }
}
