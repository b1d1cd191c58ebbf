package dev.sluice.connectors.github;

import dev.sluice.testkit.Reply;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How many requests a token may make until a point in time, and how GitHub says so. */
final class GitHubRateLimit {
  private int limit = 5_000;
  private int used;
  private Instant reset = Instant.parse("2100-01-01T00:00:00Z");
  private Optional<Integer> secondaryRetryAfter = Optional.empty();

  /** From now on this many requests until {@code reset}. */
  synchronized void allow(int requests, Instant reset) {
    this.limit = requests;
    this.used = 0;
    this.reset = reset;
  }

  /** From now on every request is too fast for GitHub. */
  synchronized void slowDown(int retryAfterSeconds) {
    secondaryRetryAfter = Optional.of(retryAfterSeconds);
  }

  synchronized Optional<Reply> refusal() {
    if (secondaryRetryAfter.isPresent()) {
      return Optional.of(
          GitHubServer.error(403, "You have exceeded a secondary rate limit")
              .with(headers())
              .with("Retry-After", secondaryRetryAfter.get().toString()));
    }
    return used >= limit
        ? Optional.of(
            GitHubServer.error(403, "API rate limit exceeded for user ID 1.").with(headers()))
        : Optional.empty();
  }

  synchronized Map<String, String> used() {
    used++;
    return headers();
  }

  synchronized Map<String, String> headers() {
    return Map.of(
        "X-RateLimit-Limit", Integer.toString(limit),
        "X-RateLimit-Remaining", Integer.toString(Math.max(0, limit - used)),
        "X-RateLimit-Used", Integer.toString(used),
        "X-RateLimit-Reset", Long.toString(reset.getEpochSecond()),
        "X-RateLimit-Resource", "core");
  }
}
