package dev.sluice.rest.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * A token that gives access to a source for some time. Its text form hides the value.
 *
 * @param lifetime from now on; empty when the source does not say
 */
record AccessToken(String value, Optional<Duration> lifetime) {

  @Override
  public String toString() {
    return "an access token";
  }
}
