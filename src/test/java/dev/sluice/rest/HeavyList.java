package dev.sluice.rest;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandInServer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A list of a real server, which fails to give some of its pages. */
final class HeavyList implements AutoCloseable {

  /** How its pages are found. */
  enum Kind {
    PAGE_NUMBER(Pagination.pageNumber("page", "next")),
    PAGES_TO_AN_EMPTY_ONE(Pagination.pageNumber("page")),
    OFFSET(Pagination.offset("skip")),
    OFFSET_AND_LIMIT(Pagination.offsetLimit("skip", "limit", 100)),
    TOKEN(Pagination.cursorToken("after", "next")),
    LINK(Pagination.nextUrl("next")),
    HEADER(Pagination.linkHeader("page"));

    private final Pagination pagination;

    Kind(Pagination pagination) {
      this.pagination = pagination;
    }
  }

  static final int ROWS = 510;

  private final Kind kind;
  private final IntBinaryOperator status;
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final StandInServer server =
      StandInServer.start(0, new Interceptor(), "page", this::answer);
  private volatile int most = Integer.MAX_VALUE;

  /**
   * @param status of a page, by its first row and the number of rows on it
   */
  HeavyList(Kind kind, IntBinaryOperator status) {
    this.kind = kind;
    this.status = status;
  }

  /** From now on no page has more rows, whatever is asked for. */
  void most(int rows) {
    most = rows;
  }

  Listing listing() {
    return Listing.of(Request.get("rows"))
        .sizedBy("limit", 100)
        .recordsIn("rows")
        .totalIn("total")
        .paginated(kind.pagination);
  }

  URI url() {
    return server.baseUrl();
  }

  /** The sizes that were asked for. */
  List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  private Reply answer(Call call) {
    int asked = number(call, "limit", 100);
    sizes.add(asked);
    int size = Math.min(asked, most);
    int from =
        switch (kind) {
          case PAGE_NUMBER, PAGES_TO_AN_EMPTY_ONE, HEADER -> (number(call, "page", 1) - 1) * size;
          case OFFSET, OFFSET_AND_LIMIT -> number(call, "skip", 0);
          case TOKEN, LINK -> number(call, "after", 0);
        };
    int refused = status.applyAsInt(from, size);
    if (refused != 200) {
      return Reply.json(refused, "{\"message\": \"this page is too much\"}");
    }
    int end = Math.min(ROWS, from + size);
    String rows =
        IntStream.range(from, end)
            .mapToObj(row -> "{\"id\": %d}".formatted(row))
            .collect(Collectors.joining(","));
    int page = from / size + 2;
    String next =
        switch (kind) {
          case PAGE_NUMBER -> Integer.toString(page);
          case TOKEN -> "\"%d\"".formatted(end);
          case LINK -> "\"/rows?after=%d&limit=%d\"".formatted(end, asked);
          case PAGES_TO_AN_EMPTY_ONE, OFFSET, OFFSET_AND_LIMIT, HEADER -> "null";
        };
    Reply reply =
        Reply.json(
            200,
            "{\"rows\": [%s], \"total\": %d, \"next\": %s}"
                .formatted(rows, ROWS, end < ROWS ? next : "null"));
    return kind == Kind.HEADER && end < ROWS
        ? reply.with("Link", "</rows?limit=%d&page=%d>; rel=\"next\"".formatted(asked, page))
        : reply;
  }

  private static int number(Call call, String parameter, int otherwise) {
    return call.query(parameter).map(Integer::parseInt).orElse(otherwise);
  }

  @Override
  public void close() {
    server.close();
  }
}
