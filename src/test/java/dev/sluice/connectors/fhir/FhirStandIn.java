package dev.sluice.connectors.fhir;

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

/** A FHIR server on this machine, with a token server beside it. */
final class FhirStandIn implements StandIn {
  static final String SECRET = "canaryOfTheFhirStandIn";

  private final Interceptor wire = new Interceptor();
  private final TokenServer tokens = new TokenServer();
  private final FhirApi api;
  private final List<StandInTable> tables;
  private final StandInServer server;
  private volatile int mostPerPage = Integer.MAX_VALUE;

  private FhirStandIn(ServerStyle style, Options tableOptions, List<String> types) {
    this.api = new FhirApi(style);
    this.tables =
        types.stream()
            .map(type -> (StandInTable) new FhirStandInTable(style, api.store(type), tableOptions))
            .toList();
    this.server = StandInServer.start(0, wire, style.pageParameter(), this::answer);
  }

  static FhirStandIn start(ServerStyle style, String... types) {
    return start(style, Options.NONE, types);
  }

  static FhirStandIn start(ServerStyle style, Options tableOptions, String... types) {
    return new FhirStandIn(style, tableOptions, List.of(types));
  }

  private Reply answer(Call call) {
    if (call.path().endsWith("/.well-known/smart-configuration")) {
      return Reply.json(200, "{\"token_endpoint\": \"" + tokens.url() + "\"}");
    }
    if (call.query("_count").filter(count -> Integer.parseInt(count) > mostPerPage).isPresent()) {
      return Bundles.outcome(504, "timeout", "The search took too long");
    }
    return call.path().endsWith("/metadata") || tokens.knows(call)
        ? api.answer(call)
        : Bundles.outcome(401, "error", "No valid token");
  }

  /** From now on larger pages take too long. */
  void mostPerPage(int resources) {
    mostPerPage = resources;
  }

  FhirApi api() {
    return api;
  }

  TokenServer tokens() {
    return tokens;
  }

  URI baseUrl() {
    return URI.create(server.baseUrl() + FhirApi.BASE);
  }

  @Override
  public Options connection() {
    return Options.of(
        Map.of(
            "base_url",
            baseUrl().toString(),
            "resource_types",
            String.join(",", tables.stream().map(StandInTable::name).toList()),
            "auth_type",
            "client_secret",
            "token_url",
            tokens.url().toString(),
            "client_id",
            "sluice",
            "client_secret",
            SECRET));
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
    try (tokens) {
      server.close();
    }
  }
}
