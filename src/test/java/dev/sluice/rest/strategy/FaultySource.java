package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.rest.http.FaultServer.Received;
import dev.sluice.rest.http.HttpFault;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.http.RetryPolicy;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import dev.sluice.testkit.FixedProvider;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Seven records on four pages, as {@code changes} sorted by their time and as {@code all}; fails
 * when told to.
 */
public final class FaultySource implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final List<String> TABLES = List.of("changes", "all");
  private static final int RECORDS = 7;
  private static final int PER_PAGE = 2;

  private final FaultServer server = new FaultServer(this::play);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicInteger faultsOnPages = new AtomicInteger();
  private volatile boolean endedOnAPage;
  private volatile Answer fault = this::good;
  private volatile int from = Integer.MAX_VALUE;
  private volatile int most;

  URI url() {
    return server.url();
  }

  /** From the next but so many requests on, at most so many fail. */
  public void fail(HttpFault how, int after, int times) {
    fault = how.answer(server);
    from = requests.get() + after;
    most = times;
    faults.set(0);
    faultsOnPages.set(0);
  }

  public void recover() {
    from = Integer.MAX_VALUE;
  }

  /** How many requests were answered wrongly since the source was told to. */
  public int faults() {
    return faults.get();
  }

  /** Those among them that a link of the source led to. */
  public int faultsOnPages() {
    return faultsOnPages.get();
  }

  /** Whether the last of them was one of those. */
  public boolean endedOnAPage() {
    return endedOnAPage;
  }

  public static List<String> records() {
    var records = new ArrayList<String>();
    for (int id = 1; id <= RECORDS; id++) {
      records.add("{\"id\":%d,\"at\":\"2026-02-01T00:00:0%dZ\"}".formatted(id, id));
    }
    return records;
  }

  private void play(Received request, Socket connection) throws IOException {
    if (requests.getAndIncrement() >= from && faults.get() < most) {
      faults.incrementAndGet();
      endedOnAPage = request.target().contains("page=");
      if (endedOnAPage) {
        faultsOnPages.incrementAndGet();
      }
      fault.play(request, connection);
    } else {
      good(request, connection);
    }
  }

  private void good(Received request, Socket connection) throws IOException {
    String since = parameter(request, "since").replace("%3A", ":");
    int page = Integer.parseInt("0" + parameter(request, "page"));
    List<String> wanted =
        records().stream().filter(r -> r.substring(r.indexOf("20")).compareTo(since) >= 0).toList();
    int end = Math.min(wanted.size(), (page + 1) * PER_PAGE);
    List<String> shown = wanted.subList(Math.min(page * PER_PAGE, end), end);
    String[] next =
        end < wanted.size()
            ? new String[] {"Link: </items?since=%s&page=%d>; rel=next".formatted(since, page + 1)}
            : new String[0];
    FaultServer.json("[" + String.join(",", shown) + "]", next).play(request, connection);
  }

  private static String parameter(Received request, String name) {
    String target = request.target();
    int at = target.indexOf(name + "=");
    return at < 0 ? "" : target.substring(at + name.length() + 1).replaceFirst("&.*", "");
  }

  /** A connector that reads this source with little patience. */
  public ConnectorProvider provider() {
    return provider(url(), Duration.ofMillis(400), 1 << 20);
  }

  /** The same for another server. */
  public static ConnectorProvider provider(URI url, Duration timeout, int maxPageBytes) {
    return new FixedProvider(
        "faulty",
        TABLES.stream().map(TableSpec::toldBySource).toList(),
        context ->
            new Connector(
                context,
                ApiClient.of(context, url)
                    .retry(new RetryPolicy(3, Duration.ofMillis(1)))
                    .timeout(timeout)
                    .maxPageBytes(maxPageBytes)
                    .errorDetector(ErrorDetector.field("errors"))
                    .auth(Auth.bearer("canary"))
                    .build()));
  }

  @Override
  public void close() {
    server.close();
  }

  private record Connector(ConnectorContext context, ApiClient api) implements SourceConnector {
    private static final Listing ITEMS =
        Listing.of(Request.get("items")).paginated(Pagination.linkHeader());

    @Override
    public List<String> listTables() {
      return TABLES;
    }

    @Override
    public Schema schema(Table table) {
      return new Schema(List.of(Field.required("id", Primitive.LONG)));
    }

    @Override
    public TableMetadata metadata(Table table) {
      return table.name().equals("all")
          ? TableMetadata.snapshot(PrimaryKey.of("id"))
          : TableMetadata.cdc(PrimaryKey.of("id"), "at");
    }

    @Override
    public Offset readTable(Table table, Offset start, RecordEmitter out) {
      if (table.name().equals("all")) {
        return Snapshot.of(api, ITEMS, PrimaryKey.of("id")).read(start, out);
      }
      TimeCursor cursor = TimeCursor.on("at").identifiedBy(List.of("id")).since("since");
      return Incremental.of(context, api, ITEMS, cursor, Duration.ZERO, Options.NONE)
          .limitOnTheFly(Optional.empty(), start, out);
    }

    @Override
    public void close() {
      api.close();
    }
  }
}
