package dev.sluice.connectors.hubspot;

import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What every request to HubSpot passes: the token, and the limits of ten seconds and of searches a
 * second. Safe for use from any thread.
 */
final class HubSpotGate {
  private static final long TEN_SECONDS = 10_000;
  private static final long SECOND = 1_000;

  private final LongSupplier millis;
  private final Deque<Long> requests = new ArrayDeque<>();
  private final Deque<Long> searches = new ArrayDeque<>();
  private String token;
  private int mostRequests = Integer.MAX_VALUE;
  private int mostSearches = Integer.MAX_VALUE;
  private int refused;

  HubSpotGate(String token, LongSupplier millis) {
    this.token = token;
    this.millis = millis;
  }

  /** From now on so many requests in ten seconds, and searches a second. */
  synchronized void limit(int requests, int searches) {
    mostRequests = requests;
    mostSearches = searches;
  }

  synchronized void token(String token) {
    this.token = token;
  }

  /** How many requests were refused for a limit. */
  synchronized int refused() {
    return refused;
  }

  Reply pass(Call call, Function<Call, Reply> api) {
    boolean search = call.path().endsWith("/search");
    synchronized (this) {
      if (!call.header("Authorization").orElse("").equals("Bearer " + token)) {
        return new HubSpotRefusal(
                401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
            .reply();
      }
      if (search && isUsedUp(searches, mostSearches, SECOND)) {
        return limited("SECONDLY", "You have reached your secondly limit.");
      }
      if (isUsedUp(requests, mostRequests, TEN_SECONDS)) {
        return limited("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.")
            .with("X-HubSpot-RateLimit-Interval-Milliseconds", Long.toString(TEN_SECONDS))
            .with("X-HubSpot-RateLimit-Max", Integer.toString(mostRequests))
            .with("X-HubSpot-RateLimit-Remaining", "0");
      }
    }
    return api.apply(call);
  }

  private boolean isUsedUp(Deque<Long> made, int most, long span) {
    long now = millis.getAsLong();
    while (!made.isEmpty() && made.peekFirst() <= now - span) {
      made.removeFirst();
    }
    if (made.size() >= most) {
      return true;
    }
    made.addLast(now);
    return false;
  }

  private Reply limited(String policy, String message) {
    refused++;
    return limitReply(policy, message);
  }

  static Reply limitReply(String policy, String message) {
    return Reply.json(
        429,
        """
        {"status":"error","message":"%s","errorType":"RATE_LIMIT","correlationId":"c033cdaa-2c40-4a64-ae48-b4cec88dad24","policyName":"%s"}"""
            .formatted(message, policy));
  }
}
