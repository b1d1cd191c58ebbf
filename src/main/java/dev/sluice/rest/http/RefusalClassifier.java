package dev.sluice.rest.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Distinguishes temporary refusals from permanent ones, and tells when to try again. */
public record RefusalClassifier(PauseAdvice advice, InstantSource clock) {

  /** What a denial says that is none: the same credential may ask again later. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(rate|request)[ _-]?limit|abuse detection|too many requests|throttl|quota[ _-]?exceeded",
          Pattern.CASE_INSENSITIVE);

  /** How long a limit lasts when nobody says it. */
  private static final Duration UNTOLD = Duration.ofMinutes(1);

  /**
   * Returns the failure for a response when the same request may succeed later: for a 403 only if
   * its headers or its words mention a limit, for any other status that is not temporary only if
   * the response says when.
   */
  public Optional<RetryableFailure> passing(Answer answer, String message) {
    int status = answer.status();
    boolean denies = status == 403;
    if (!denies && !isPassing(status) && !saysWhen(answer)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Instant> told =
        RetryHeaders.resumeAt(answer, now).or(() -> advice.pause(answer).map(now::plus));
    if (status >= 500 && told.isEmpty()) {
      return Optional.of(RetryableFailure.perhapsTooMuch(message));
    }
    if (!denies && status != 429) {
      return Optional.of(RetryableFailure.passing(message, told));
    }
    Instant untold = now.plus(UNTOLD);
    if (denies && told.isEmpty() && !RetryHeaders.isLimited(answer)) {
      return LIMIT.matcher(answer.text()).find()
          ? Optional.of(RetryableFailure.limited(message, Optional.of(untold), untold))
          : Optional.empty();
    }
    return Optional.of(RetryableFailure.limited(message, told, untold));
  }

  /**
   * Decides whether a status is temporary: an answer that is not ready, too many requests, too many
   * at once, or an error of the server or of a proxy in front of it, unless that says that the
   * server will never do it.
   */
  private static boolean isPassing(int status) {
    return switch (status) {
      case 202, 408, 423, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  /** Returns the failure for a response whose content says that the error in it passes. */
  public RetryableFailure declaredPassing(Answer answer, String message) {
    Instant now = clock.instant();
    return RetryableFailure.passing(
        message, RetryHeaders.resumeAt(answer, now).or(() -> advice.pause(answer).map(now::plus)));
  }

  private static boolean saysWhen(Answer answer) {
    return answer.status() >= 400
        && answer.status() != 401
        && answer.header("retry-after").isPresent();
  }
}
