package dev.sluice.testkit.reference;

import dev.sluice.spi.Options;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandIn;
import dev.sluice.testkit.StandInServer;
import dev.sluice.testkit.StandInTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The reference source: {@code GET /people?since=&page=&limit=}, {@code GET
 * /orders/deleted?since=&page=}.
 */
final class ReferenceStandIn implements StandIn {
  private static final String TOKEN = "canary-of-the-reference";

  private final List<ReferenceTable> tables =
      Arrays.stream(ReferenceShape.values()).map(ReferenceTable::new).toList();
  private final Interceptor wire = new Interceptor();
  private final StandInServer server = StandInServer.start(0, wire, "page", this::answer);

  private Reply answer(Call call) {
    if (!call.header("Authorization").orElse("").equals("Bearer " + TOKEN)) {
      return Reply.json(401, "{\"error\": \"who are you?\"}");
    }
    String[] path = call.path().substring(1).split("/", -1);
    var since = call.query("since");
    int page = Integer.parseInt(call.query("page").orElse("1"));
    int limit = Integer.parseInt(call.query("limit").orElse("1000000"));
    return tables.stream()
        .filter(table -> table.name().equals(path[0]))
        .findFirst()
        .map(
            table ->
                path.length == 1
                    ? table.records(since, page, limit)
                    : table.deleted(since, page, limit))
        .map(reply -> unlessKnown(call, reply))
        .orElseGet(() -> Reply.json(404, "{\"error\": \"no such table\"}"));
  }

  private static Reply unlessKnown(Call call, Reply reply) {
    String tag = reply.headers().getOrDefault("ETag", "");
    return call.header("If-None-Match").filter(tag::equals).isPresent()
        ? new Reply(304, reply.headers(), "")
        : reply;
  }

  @Override
  public Options connection() {
    return Options.of(Map.of("base_url", server.baseUrl().toString(), "token", TOKEN));
  }

  @Override
  public List<StandInTable> tables() {
    return List.copyOf(tables);
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
