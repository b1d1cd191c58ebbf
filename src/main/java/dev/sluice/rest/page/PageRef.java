package dev.sluice.rest.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of a list, as an offset keeps it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PageRef(@Nullable String path, @Nullable List<Request.Parameter> query) {

  public static PageRef of(Request page) {
    return new PageRef(page.path(), page.query());
  }

  /**
   * Returns the request for the page, with the size of pages that the list asks for now. What is
   * kept is a place: for pages of another size it is the one on which this page began.
   */
  public Request in(Listing list) {
    if (path == null) {
      throw ConnectorException.configuration(
          "A saved offset names no page; begin the table again with 'state reset'");
    }
    return list.fit(
        new Request(
            list.request().method(),
            path,
            Optional.ofNullable(query).orElse(List.of()),
            list.request().body()));
  }
}
