package dev.sluice.rest.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.json.ResponseJson;
import java.util.Optional;

/**
 * The number of records that a page is asked for.
 *
 * @param parameter the query parameter that says so, or the field of the JSON that a POST sends
 */
public record PageSize(String parameter, int records) {

  public PageSize {
    if (records < 1) {
      throw new IllegalArgumentException("A page holds at least one record, not " + records);
    }
  }

  /** Returns the request for pages of this size. */
  Request asked(Request request) {
    return request.method() == Request.Method.POST
        ? new Request(
            request.method(),
            request.path(),
            request.query(),
            Optional.of(body(request).put(parameter, records).toString()))
        : request.with(parameter, Integer.toString(records));
  }

  /** Returns how many records a request asks for, which may be fewer. */
  int in(Request request) {
    if (request.method() == Request.Method.POST) {
      return body(request).path(parameter).asInt(records);
    }
    return (int) Math.min(Integer.MAX_VALUE, request.number(parameter).orElse(records));
  }

  /** Returns whether a size is what this one becomes when it is halved, once or more often. */
  boolean isHalvedTo(int smaller) {
    int half = records;
    while (half > smaller) {
      half /= 2;
    }
    return half == smaller && smaller < records;
  }

  private static ObjectNode body(Request request) {
    try {
      JsonNode body = ResponseJson.MAPPER.readTree(request.body().orElse("{}"));
      return (ObjectNode) body;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A connector posts JSON", e);
    }
  }
}
