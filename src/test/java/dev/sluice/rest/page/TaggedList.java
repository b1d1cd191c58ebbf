package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandInServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server with a list of records, linked by a header as GitHub links them: the tag of a page is of
 * its body alone.
 */
public final class TaggedList implements AutoCloseable {
  public final Map<Integer, String> rows = new ConcurrentSkipListMap<>();
  public final Interceptor wire = new Interceptor();
  volatile int pageSize;
  public volatile boolean linksWhenUnchanged;
  public volatile String tagPrefix = "W/";
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final StandInServer server = StandInServer.start(0, wire, "page", this::answer);

  public TaggedList(int pageSize, int records) {
    this.pageSize = pageSize;
    for (int id = 1; id <= records; id++) {
      rows.put(id * 10, "first");
    }
  }

  public static Listing listing() {
    return Listing.of(Request.get("things").with("sort", "id")).paginated(Pagination.linkHeader());
  }

  public URI url() {
    return server.baseUrl();
  }

  public List<String> records() {
    return rows.entrySet().stream().map(row -> json(row.getKey(), row.getValue())).toList();
  }

  private static String json(int id, String value) {
    return "{\"id\":%d,\"value\":\"%s\"}".formatted(id, value);
  }

  /** The requests since this was asked for last. */
  public List<Call> calls() {
    var news = new ArrayList<>(calls);
    calls.clear();
    return news;
  }

  public static List<String> conditions(List<Call> calls) {
    return calls.stream().map(call -> call.header("If-None-Match").orElse("none")).toList();
  }

  private Reply answer(Call call) {
    calls.add(call);
    List<String> all = records();
    int page = call.query("page").map(Integer::parseInt).orElse(1);
    int from = Math.min(all.size(), (page - 1) * pageSize);
    int to = Math.min(all.size(), from + pageSize);
    String body = "[" + String.join(",", all.subList(from, to)) + "]";
    String tag = tagPrefix + "\"" + Integer.toHexString(body.hashCode()) + "\"";
    Optional<String> link =
        to < all.size()
            ? Optional.of("<%s/things?sort=id&page=%d>; rel=\"next\"".formatted(url(), page + 1))
            : Optional.empty();
    boolean unchanged = call.header("If-None-Match").filter(tag::equals).isPresent();
    Reply reply =
        (unchanged ? new Reply(304, Map.of(), "") : Reply.json(200, body)).with("ETag", tag);
    return link.filter(text -> !unchanged || linksWhenUnchanged)
        .map(text -> reply.with("Link", text))
        .orElse(reply);
  }

  @Override
  public void close() {
    server.close();
  }
}
