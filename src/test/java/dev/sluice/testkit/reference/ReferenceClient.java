package dev.sluice.testkit.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the reference source for pages; tries three times, without pauses. */
record ReferenceClient(ConnectorContext context, Bug bug, int pageSize) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final int ATTEMPTS = 3;

  /** One response. */
  record Page(List<SourceRecord> records, Optional<Integer> next, String tag) {

    static final Page EMPTY = new Page(List.of(), Optional.empty(), "");

    /** Stands for the one that is known. */
    static final Page KNOWN = new Page(List.of(), Optional.empty(), "not modified");

    Optional<Instant> last() {
      return records.isEmpty() ? Optional.empty() : Optional.of(cursor(records.getLast()));
    }
  }

  ReferenceClient with(int size) {
    return new ReferenceClient(context, bug, size);
  }

  static Instant cursor(SourceRecord record) {
    return record
        .text("updated_at")
        .map(Instant::parse)
        .orElseThrow(() -> ConnectorException.protocol("A record has no 'updated_at'"));
  }

  /** Whether a page is still the one with this tag. */
  boolean isUnchanged(String path, int page, String tag) {
    return page(path, Optional.empty(), page, tag).equals(Page.KNOWN);
  }

  Page page(String path, Optional<Instant> since, int page) {
    return page(path, since, page, "");
  }

  private Page page(String path, Optional<Instant> since, int page, String known) {
    URI url =
        URI.create(
            "%s/%s?limit=%d&page=%d%s"
                .formatted(
                    context.options().get(ReferenceProvider.BASE_URL),
                    path,
                    pageSize,
                    page,
                    since.map(from -> "&since=" + from).orElse("")));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + context.options().get(ReferenceProvider.TOKEN))
            .header("If-None-Match", known)
            .build();
    for (int attempt = 1; ; attempt++) {
      try {
        return page(path, page, HTTP.send(request, BodyHandlers.ofString()));
      } catch (IOException e) {
        if (attempt == ATTEMPTS || bug == Bug.NO_RETRY) {
          throw ConnectorException.protocol("%s: the answer is not whole".formatted(path), e);
        }
      } catch (ConnectorException e) {
        boolean hopeless =
            e.kind() == ConnectorException.Kind.CONFIGURATION || e.resumeAt().isPresent();
        if (hopeless || attempt == ATTEMPTS || bug == Bug.NO_RETRY) {
          if (swallows(path) && e.kind() == ConnectorException.Kind.TRANSIENT) {
            return Page.EMPTY;
          }
          throw e;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ConnectorException.transientFailure(path + ": interrupted", e);
      }
    }
  }

  private boolean swallows(String path) {
    return bug == Bug.SWALLOWED_500
        || (bug == Bug.SWALLOWED_500_IN_DELETES && path.endsWith("/deleted"));
  }

  private Page page(String path, int page, HttpResponse<String> response) {
    int status = response.statusCode();
    String said = bug == Bug.SECRET_REPEATED ? ": " + response.body() : "";
    return switch (status) {
      case 200 -> parse(path, page, response);
      case 304 -> Page.KNOWN;
      case 401, 403 ->
          throw ConnectorException.accessDenied(
              "%s: the source refused the token with %d; check 'token'%s"
                  .formatted(path, status, said));
      case 429, 500, 502, 503, 504 -> throw later(path, status, response);
      default ->
          throw ConnectorException.configuration("%s: the source said %d".formatted(path, status));
    };
  }

  private ConnectorException later(String path, int status, HttpResponse<String> response) {
    String message = "%s: the source said %d".formatted(path, status);
    Duration pause =
        response
            .headers()
            .firstValue("Retry-After")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(Duration.ZERO);
    return context.deadline().allows(pause) || bug == Bug.NO_RESUME_AT
        ? ConnectorException.transientFailure(message)
        : ConnectorException.rateLimited(message, context.clock().instant().plus(pause));
  }

  private Page parse(String path, int page, HttpResponse<String> response) {
    try {
      JsonNode tree = JSON.readTree(response.body());
      if (!tree.path("records").isArray()) {
        throw ConnectorException.protocol(path + ": the answer has no 'records'");
      }
      List<SourceRecord> records = new ArrayList<>();
      for (JsonNode record : tree.get("records")) {
        if (record.isObject() || bug != Bug.ELEMENT_DROPPED) {
          records.add(SourceRecord.of(record.toString()));
        }
      }
      Optional<Integer> next =
          Optional.of(tree.path("next")).filter(JsonNode::isInt).map(JsonNode::intValue);
      if (next.filter(number -> number <= page).isPresent() && bug != Bug.REPEATED_PAGE_TAKEN) {
        throw ConnectorException.protocol(
            "%s: page %d says that page %d is next".formatted(path, page, next.get()));
      }
      int seen = tree.path("from").intValue() + tree.get("records").size();
      if (next.isEmpty() && seen < tree.path("total").intValue() && bug != Bug.TOTAL_IGNORED) {
        throw ConnectorException.protocol(
            "%s: the source has %d and gave %d without a link to more"
                .formatted(path, tree.path("total").intValue(), seen));
      }
      return new Page(records, next, response.headers().firstValue("ETag").orElse(""));
    } catch (JsonProcessingException e) {
      e.clearLocation();
      throw ConnectorException.protocol(path + ": the answer is not JSON");
    }
  }
}
