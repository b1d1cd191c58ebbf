package dev.sluice.connectors.hubspot;

import dev.sluice.spi.Options;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandIn;
import dev.sluice.testkit.StandInServer;
import dev.sluice.testkit.StandInTable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HubSpot on this machine: with the ceilings, the late index, the pages and limits of the real one.
 * Takes no request that HubSpot does not describe.
 */
final class HubSpotStandIn implements StandIn {
  static final String TOKEN = "canary-of-the-hubspot-stand-in";
  static final String REFRESH_TOKEN = "canary-refresh-token";
  static final String CLIENT_ID = "0f5a1b2c-client";
  static final String CLIENT_SECRET = "canary-client-secret";

  private static final Pattern LIMIT = Pattern.compile("\"limit\":(\\d+)");

  private volatile int mostPerPage = Integer.MAX_VALUE;
  private final CrmApi api = new CrmApi();
  private final Interceptor wire = new Interceptor();
  private final HubSpotGate gate =
      new HubSpotGate(TOKEN, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final List<StandInTable> tables =
      api.tables().stream().map(table -> (StandInTable) new HubSpotStandInTable(table)).toList();
  private final StandInServer server = StandInServer.start(0, wire, "after", this::answer);

  private Reply answer(Call call) {
    calls.add(call);
    List<String> problems = HubSpotOperations.problems(call);
    if (!problems.isEmpty()) {
      return new HubSpotRefusal(400, "VALIDATION_ERROR", String.join("; ", problems)).reply();
    }
    if (limit(call) > mostPerPage) {
      return new HubSpotRefusal(500, "INTERNAL_ERROR", "internal error").reply();
    }
    return call.path().equals("/oauth/2026-03/token") ? token(call) : gate.pass(call, api::answer);
  }

  private static int limit(Call call) {
    Matcher body = LIMIT.matcher(call.body());
    return call.query("limit")
        .map(Integer::parseInt)
        .orElseGet(() -> body.find() ? Integer.parseInt(body.group(1)) : 0);
  }

  /** From now on larger pages fail, as those of large objects do. */
  void mostPerPage(int objects) {
    mostPerPage = objects;
  }

  /** The refresh token stays the same; the access token is another one each time. */
  private Reply token(Call call) {
    boolean known =
        call.body().contains("grant_type=refresh_token")
            && call.body().contains("refresh_token=" + REFRESH_TOKEN)
            && call.body().contains("client_id=" + CLIENT_ID)
            && call.body().contains("client_secret=" + CLIENT_SECRET);
    if (!known) {
      return Reply.json(
          400, "{\"status\":\"BAD_REFRESH_TOKEN\",\"message\":\"missing or invalid\"}");
    }
    String token = "canary-access-token-" + tokens.incrementAndGet();
    gate.token(token);
    return Reply.json(
        200,
        """
        {"token_type":"bearer","token_use":"access_token","refresh_token":"%s",\
        "access_token":"%s","expires_in":1800}\
        """
            .formatted(REFRESH_TOKEN, token));
  }

  CrmApi api() {
    return api;
  }

  HubSpotGate gate() {
    return gate;
  }

  /** All requests so far. */
  List<Call> calls() {
    return List.copyOf(calls);
  }

  void forgetCalls() {
    calls.clear();
  }

  /** How many access tokens were given for the refresh token. */
  int tokens() {
    return tokens.get();
  }

  URI baseUrl() {
    return server.baseUrl();
  }

  /** With budgets that no test notices. */
  @Override
  public Options connection() {
    return unhurried().with("access_token", TOKEN);
  }

  Options oauthConnection() {
    return unhurried()
        .with("refresh_token", REFRESH_TOKEN)
        .with("client_id", CLIENT_ID)
        .with("client_secret", CLIENT_SECRET);
  }

  private Options unhurried() {
    return Options.of(
        Map.of(
            "base_url", baseUrl().toString(),
            "requests_per_ten_seconds", "1000000",
            "searches_per_second", "1000000"));
  }

  @Override
  public List<StandInTable> tables() {
    return tables;
  }

  @Override
  public Interceptor wire() {
    return wire;
  }

  @Override
  public void close() {
    server.close();
  }
}
