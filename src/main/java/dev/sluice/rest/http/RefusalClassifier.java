package dev.sluice.rest.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Distinguishes temporary refusals from permanent ones, and tells when to try again. */
public record RefusalClassifier(PauseAdvice advice, InstantSource clock) {

  /**
   * Returns the failure for a response when the same request may succeed later: for a 403 only if
   * it mentions a limit, for any other status that is not temporary only if the response says when.
   */
  public Optional<RetryableFailure> passing(Answer answer, String message) {
    boolean denies = answer.status() == 403;
    if (!denies && !isPassing(answer.status()) && !saysWhen(answer)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Duration> advised = advice.pause(answer);
    return denies && advised.isEmpty() && !RetryHeaders.isLimited(answer)
        ? Optional.empty()
        : Optional.of(
            RetryableFailure.passing(
                message, RetryHeaders.resumeAt(answer, now).or(() -> advised.map(now::plus))));
  }

  /**
   * Decides whether a status is temporary: too many requests, too many at once, or an error of the
   * server or of a proxy in front of it.
   */
  private static boolean isPassing(int status) {
    return switch (status) {
      case 408, 423, 429, 500, 502, 503, 504 -> true;
      default -> false;
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
