package dev.sluice.connectors.example;

import dev.sluice.connectors.example.api.ApiAnswer;
import dev.sluice.connectors.example.api.Routes;
import dev.sluice.spi.Options;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandIn;
import dev.sluice.testkit.StandInServer;
import dev.sluice.testkit.StandInTable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The example API under the kit's control. */
final class ExampleStandIn implements StandIn {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Routes routes = new Routes(now::get);
  private final Interceptor wire = new Interceptor();
  private final StandInServer server = StandInServer.start(0, wire, "page", this::answer);
  private final List<StandInTable> tables =
      ExampleTable.labels().stream()
          .map(label -> (StandInTable) new ExampleStandInTable(label, routes.store(), now))
          .toList();

  private Reply answer(Call call) {
    ApiAnswer answer =
        routes.answer(
            call.method(),
            URI.create(call.path() + call.queryString()),
            call.header("Authorization"),
            call.body());
    return new Reply(answer.status(), answer.headers(), answer.body());
  }

  @Override
  public Options connection() {
    return Options.of(
        Map.of(
            "base_url", server.baseUrl().toString(),
            "username", "reader",
            "password", "canary-of-the-example"));
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
