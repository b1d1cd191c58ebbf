package dev.sluice.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.time.Duration;

/**
 * Sends requests to one source: with credentials, retries, limits and a deadline, and splits what
 * comes back into records. May be used from any thread.
 */
public final class ApiClient implements AutoCloseable {

  public static Builder of(ConnectorContext context, URI baseUrl) {
    return new Builder();
  }

  /**
   * Fetches one page of a list.
   *
   * @param request the listing's own, or a page's {@code next}
   * @throws ConnectorException in every case but success
   */
  public Page page(Listing listing, Request request) {
    return new Page(java.util.List.of(), java.util.Optional.empty());
  }

  /** Fetches a small document as a whole. */
  public JsonNode json(Request request) {
    return com.fasterxml.jackson.databind.node.NullNode.getInstance();
  }

  @Override
  public void close() {}

  /** What a client needs beside its base URL. */
  public static final class Builder {

    public Builder auth(Auth auth) {
      return this;
    }

    public Builder header(String name, String value) {
      return this;
    }

    public Builder retry(RetryPolicy retry) {
      return this;
    }

    /** For a whole exchange, from the connection to the last byte; 30 seconds by default. */
    public Builder timeout(Duration timeout) {
      return this;
    }

    public Builder errorDetector(ErrorDetector detector) {
      return this;
    }

    public ApiClient build() {
      return new ApiClient();
    }
  }
}
