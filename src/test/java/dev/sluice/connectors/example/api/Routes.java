package dev.sluice.connectors.example.api;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** The example API behind a server of somebody else's: empty tables, no failures of its own. */
public final class Routes {
  private final ApiData store;
  private final Router router;

  public Routes(InstantSource clock) {
    store = new ApiData(clock);
    router = new Router(store);
  }

  public ApiData store() {
    return store;
  }

  public ApiAnswer answer(String method, URI target, Optional<String> authorization, String body) {
    var request = new ApiRequest(method, target, authorization, body);
    return BasicCredentials.refusal(request).orElseGet(() -> router.answer(request));
  }
}
