package dev.sluice.rest.page;

import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.http.Request.Method;
import dev.sluice.rest.http.Urls;
import dev.sluice.rest.json.Splitter.Split;
import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;

/** Finds the request for the page that follows a response. */
public final class Pages {
  private final Pagination pagination;
  private final BaseUrl base;
  private final Optional<String> keyParameter;

  /**
   * @param keyParameter the query parameter that is a credential, which links may carry
   */
  public Pages(Pagination pagination, BaseUrl base, Optional<String> keyParameter) {
    this.pagination = pagination;
    this.base = base;
    this.keyParameter = keyParameter;
  }

  /** Adds what the pagination needs to the request. */
  public Request complete(Request request) {
    return pagination instanceof Pagination.OffsetLimit p
            && request.parameter(p.limitParameter()).isEmpty()
        ? request.with(p.limitParameter(), Integer.toString(p.size()))
        : request;
  }

  /** Returns a saved page's request at our origin, which may have had another name then. */
  public Request rebased(Request saved) {
    return Urls.isAbsolute(saved.path())
        ? new Request(saved.method(), base.rebased(saved.path()), saved.query(), saved.body())
        : saved;
  }

  /** Returns the dotted path to the field that leads to the next page; empty for none. */
  public String field() {
    return switch (pagination) {
      case Pagination.NextUrl p -> p.field();
      case Pagination.CursorToken p -> p.field();
      case Pagination.PageNumber p -> p.field().orElse("");
      case Pagination.NextLink p -> "";
      case Pagination.OffsetLimit p -> "";
      case Pagination.SkippedRecords p -> "";
      case Pagination.None p -> "";
    };
  }

  /**
   * Returns whether a request comes from an earlier page and is not the list's own, whatever its
   * bounds.
   */
  public boolean isFollowUp(Request list, Request request) {
    Optional<String> parameter =
        switch (pagination) {
          case Pagination.CursorToken p -> Optional.of(p.parameter());
          case Pagination.PageNumber p -> Optional.of(p.parameter());
          case Pagination.OffsetLimit p -> Optional.of(p.offsetParameter());
          case Pagination.SkippedRecords p -> Optional.of(p.parameter());
          case Pagination.NextLink p -> Optional.empty();
          case Pagination.NextUrl p -> Optional.empty();
          case Pagination.None p -> Optional.empty();
        };
    return !request.path().equals(list.path())
        || parameter
            .filter(name -> !request.parameter(name).equals(list.parameter(name)))
            .isPresent();
  }

  public Optional<Request> next(Request request, Answer answer, Split split) {
    int records = split.elements();
    return switch (pagination) {
      case Pagination.NextLink p -> link(answer, "next");
      case Pagination.NextUrl p -> split.link().map(link -> follow(answer, link));
      case Pagination.CursorToken p ->
          split.link().map(token -> request.with(p.parameter(), token));
      case Pagination.PageNumber p ->
          p.field().isPresent()
              ? split.link().map(number -> request.with(p.parameter(), number))
              : advanced(request, p.parameter(), 1, records == 0 ? 0 : 1);
      case Pagination.OffsetLimit p -> {
        long limit = number(request, p.limitParameter(), p.size());
        yield advanced(request, p.offsetParameter(), 0, records < limit ? 0 : records);
      }
      case Pagination.SkippedRecords p -> advanced(request, p.parameter(), 0, records);
      case Pagination.None p -> Optional.empty();
    };
  }

  /** Returns the request for the last page, where the source names it. */
  public Optional<Request> last(Answer answer) {
    return pagination.isLinkedByHeader() ? link(answer, "last") : Optional.empty();
  }

  /** Returns whether a response says in its headers that a page follows. */
  public boolean leadsOn(Answer answer) {
    return pagination.isLinkedByHeader()
        && LinkHeader.target(answer.headers("link"), "next").isPresent();
  }

  private Optional<Request> link(Answer answer, String relation) {
    return LinkHeader.target(answer.headers("link"), relation).map(link -> follow(answer, link));
  }

  private static Optional<Request> advanced(Request request, String parameter, int first, int by) {
    return by == 0
        ? Optional.empty()
        : Optional.of(
            request.with(parameter, Long.toString(number(request, parameter, first) + by)));
  }

  private static long number(Request request, String parameter, int otherwise) {
    String text = request.parameter(parameter).orElse(Integer.toString(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ConnectorException.protocol(
          "the parameter '%s' counts, but it is '%s'".formatted(parameter, text));
    }
  }

  private Request follow(Answer answer, String link) {
    String url;
    try {
      url =
          base.own(Urls.resolve(answer.url(), link))
              .orElseThrow(
                  () ->
                      ConnectorException.protocol(
                          "the link to another page leads away from %s: %s"
                              .formatted(base.origin(), link)));
    } catch (IllegalArgumentException e) {
      throw ConnectorException.protocol("the link to another page is no URL: " + link);
    }
    String shown = keyParameter.map(name -> Urls.without(url, name)).orElse(url);
    // without an origin: an offset keeps it, and the source may get another name
    return new Request(Method.GET, base.rebased(shown), List.of(), Optional.empty());
  }
}
