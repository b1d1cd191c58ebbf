package dev.sluice.connectors.fhir;

import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandInServer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out tokens, each good until it is revoked, and remembers how it was asked. */
final class TokenServer implements AutoCloseable {
  private final List<Call> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final StandInServer server =
      StandInServer.start(0, new Interceptor(), "none", this::answer);

  private Reply answer(Call call) {
    asked.add(call);
    String token = "token-" + tokens.incrementAndGet();
    return Reply.json(
        200,
        "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": 300}"
            .formatted(token));
  }

  URI url() {
    return URI.create(server.baseUrl() + "/token");
  }

  boolean knows(Call call) {
    return tokens.get() > 0
        && call.header("authorization").orElse("").equals("Bearer token-" + tokens.get());
  }

  /** The token of now is good no longer. */
  void revoke() {
    tokens.incrementAndGet();
  }

  List<Call> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.close();
  }
}
