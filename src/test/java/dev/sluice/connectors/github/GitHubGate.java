package dev.sluice.connectors.github;

import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What every request to GitHub passes: the token, the rate limit, and the comparison with what the
 * client has already. Safe for use from any thread.
 */
final class GitHubGate {
  private static final Duration PERIOD = Duration.ofHours(1);

  private final Set<String> tokens;
  private final GitHubApp app;
  private final InstantSource clock;
  private int limit = 5_000;
  private int limitedStatus = 403;
  private int used;
  private Instant reset;

  GitHubGate(Set<String> tokens, GitHubApp app, InstantSource clock) {
    this.tokens = tokens;
    this.app = app;
    this.clock = clock;
    this.reset = clock.instant().plus(PERIOD);
  }

  /** From now on so many requests are answered before {@code reset}, the rest with the status. */
  synchronized void limit(int requests, Instant reset, int status) {
    this.limit = requests;
    this.reset = reset;
    this.limitedStatus = status;
    this.used = 0;
  }

  Reply pass(Call call, Function<Call, Reply> api) {
    if (call.header("User-Agent").orElse("").isBlank()) {
      return GitHubRefusal.error(403, "Request forbidden by administrative rules.");
    }
    if (GitHubApp.isFor(call)) {
      return app.answer(call);
    }
    String authorization = call.header("Authorization").orElse("");
    String given = authorization.replaceFirst("^(Bearer|token) ", "");
    if (!tokens.contains(given) && !app.accepts(given)) {
      return GitHubRefusal.error(
          401, authorization.isEmpty() ? "Requires authentication" : "Bad credentials");
    }
    if (isUsedUp()) {
      return GitHubRefusal.error(limitedStatus(), "API rate limit exceeded for user ID 1.")
          .with(rateLimit());
    }
    Reply reply = forbidden(call, given).orElseGet(() -> api.apply(call));
    if (reply.status() == 200) {
      // of the credential too: another one is told all anew
      String tag = "W/\"%08x\"".formatted((given + reply.body()).hashCode());
      if (call.header("If-None-Match").filter(tag::equals).isPresent()) {
        // Costs nothing: that is what it is for.
        return new Reply(304, reply.headers(), "").with("ETag", tag).with(rateLimit());
      }
      reply = reply.with("ETag", tag);
    }
    use();
    return reply.with(rateLimit());
  }

  /** What a user is asked for, no installation has, and the other way round. */
  private Optional<Reply> forbidden(Call call, String given) {
    boolean isOfUser = call.path().equals("/user") || call.path().startsWith("/user/");
    boolean isOfInstallation = call.path().startsWith("/installation/");
    if (tokens.contains(given)) {
      return isOfInstallation
          ? Optional.of(
              GitHubRefusal.error(
                  403,
                  "You must authenticate with an installation access token in order to list"
                      + " repositories for an installation."))
          : Optional.empty();
    }
    return isOfUser
        ? Optional.of(GitHubRefusal.error(403, "Resource not accessible by integration"))
        : Optional.empty();
  }

  private synchronized boolean isUsedUp() {
    if (!clock.instant().isBefore(reset)) {
      used = 0;
      reset = clock.instant().plus(PERIOD);
    }
    return used >= limit;
  }

  private synchronized int limitedStatus() {
    return limitedStatus;
  }

  private synchronized void use() {
    used++;
  }

  private synchronized Map<String, String> rateLimit() {
    var headers = new TreeMap<String, String>();
    headers.put("x-ratelimit-limit", String.valueOf(limit));
    headers.put("x-ratelimit-remaining", String.valueOf(Math.max(0, limit - used)));
    headers.put("x-ratelimit-used", String.valueOf(used));
    headers.put("x-ratelimit-reset", String.valueOf(reset.getEpochSecond()));
    headers.put("x-ratelimit-resource", "core");
    return headers;
  }
}
