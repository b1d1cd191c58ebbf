package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rest.strategy.ChangeLogEntries;
import dev.sluice.rest.walk.Timestamps;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The deletes in the history of one resource type. An entry of a deleted resource has no resource.
 * Some servers, such as HAPI, do not say when it was deleted either.
 */
record Deletes(String resourceType) implements ChangeLogEntries {
  static final String HISTORY = "history";
  static final String REQUIRED = "required";
  static final String NONE = "none";

  private static final Pattern VERSION_URL =
      Pattern.compile("(?:.*/)?([A-Za-z]+)/([^/?#]+)(?:/_history/([^/?#]+))?");

  @Override
  public Optional<Instant> time(SourceRecord entry) {
    return entry
        .text("resource." + FhirConnector.LAST_UPDATED)
        .or(() -> entry.text("response.lastModified"))
        .map(Deletes::instant);
  }

  private static Instant instant(String text) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw ConnectorException.protocol(
          "An entry of the history is of '%s', which is no instant".formatted(text), e);
    }
  }

  @Override
  public Optional<SourceRecord> tombstone(SourceRecord entry, Instant at) {
    Optional<String> method = entry.text("request.method");
    if (!method.equals(Optional.of("DELETE"))) {
      requireVersion(entry, method);
      return Optional.empty();
    }
    Matcher url = url(entry);
    ObjectNode tombstone =
        JsonNodeFactory.instance
            .objectNode()
            .put("resourceType", resourceType)
            .put("id", url.group(2));
    ObjectNode meta = tombstone.putObject("meta");
    version(entry, url).ifPresent(version -> meta.put("versionId", version));
    meta.put("lastUpdated", at.toString());
    return Optional.of(SourceRecord.of(((JsonNode) tombstone).toString()));
  }

  /** Requires that an entry that names no method is a version, and not a delete. */
  private void requireVersion(SourceRecord entry, Optional<String> method) {
    if (method.isEmpty() && entry.text("resource.resourceType").isEmpty()) {
      throw ConnectorException.protocol(
          "An entry of the history of %s, '%s', has neither a resource nor a request.method"
              .formatted(resourceType, entry.text("fullUrl").orElse("without fullUrl")));
    }
  }

  private Matcher url(SourceRecord entry) {
    for (String field : new String[] {"request.url", "fullUrl"}) {
      Matcher url = VERSION_URL.matcher(entry.text(field).orElse(""));
      if (url.matches() && url.group(1).equals(resourceType)) {
        return url;
      }
    }
    throw ConnectorException.protocol(
        "An entry of the history of %s does not say what was deleted: its request.url is '%s'"
            .formatted(resourceType, entry.text("request.url").orElse("")));
  }

  private static Optional<String> version(SourceRecord entry, Matcher url) {
    return Optional.ofNullable(url.group(3))
        .or(() -> entry.text("response.etag").map(tag -> tag.replaceAll("^W/|\"", "")));
  }

  @Override
  public String name(SourceRecord entry) {
    Matcher url = url(entry);
    return url.group(2)
        + "/"
        + version(entry, url).or(() -> entry.text("response.lastModified")).orElse("");
  }
}
