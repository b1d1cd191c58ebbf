package dev.sluice.rest.auth;

import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.RetryableFailure;
import java.time.Instant;

/** A way to get an access token from a source. Used by one thread at a time. */
interface Grant extends AutoCloseable {

  /** Requests a new token. */
  AccessToken ask(Instant now) throws RetryableFailure, InterruptedException;

  /** Decides whether an answer refuses a token that is not yet known everywhere. */
  default boolean mayComeTooEarly(Answer refusal) {
    return refusal.status() == 401;
  }

  @Override
  void close();
}
