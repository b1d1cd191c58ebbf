package dev.sluice.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a response, and the field that leads to the next page, in one scan over its
 * bytes. Builds no tree and copies no record. For one response.
 */
final class Splitter {

  /** What a response holds; {@code link} is the text of the field that was looked for. */
  record Split(List<SourceRecord> records, Optional<String> link) {}

  private final byte[] json;
  private final int start;
  private final String recordsField;
  private final String linkField;
  private final ErrorDetector detector;
  private final JsonParser parser;

  private final List<SourceRecord> records = new ArrayList<>();
  private boolean recordsFound;
  private Optional<String> link = Optional.empty();
  private Optional<String> error = Optional.empty();

  private Splitter(
      byte[] json,
      int start,
      int end,
      String recordsField,
      String linkField,
      ErrorDetector detector)
      throws IOException {
    this.json = json;
    this.start = start;
    this.recordsField = recordsField;
    this.linkField = linkField;
    this.detector = detector;
    this.parser = Json.FACTORY.createParser(json, start, end - start);
  }

  /**
   * Splits a response.
   *
   * @param recordsField the dotted path to the records; empty when the response is their array
   * @param linkField the dotted path to the field that leads to the next page; empty for none
   * @throws IOException when it is not one whole JSON document, or reports an error
   * @throws ConnectorException when it is JSON, but not what was expected
   */
  static Split split(
      byte[] json, int length, String recordsField, String linkField, ErrorDetector detector)
      throws IOException {
    int start = Documents.start(json, length);
    var splitter = new Splitter(json, start, length, recordsField, linkField, detector);
    try (splitter.parser) {
      return splitter.document();
    }
  }

  private Split document() throws IOException {
    JsonToken first = parser.nextToken();
    if (recordsField.isEmpty() && first == JsonToken.START_ARRAY) {
      records(first);
    } else if (first == JsonToken.START_OBJECT) {
      object(null);
    } else {
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new MalformedDocument("something follows the JSON document");
    }
    if (error.isPresent()) {
      throw new ReportedError(error.get());
    }
    if (!recordsFound) {
      throw new MalformedDocument(
          recordsField.isEmpty()
              ? "the response is not the array of records that was expected"
              : "the response has no field '%s' with the records".formatted(recordsField));
    }
    return new Split(records, link);
  }

  private void object(@Nullable String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String field = path == null ? name : path + "." + name;
      JsonToken value = parser.nextToken();
      int valueStart = offset();
      if (field.equals(recordsField)) {
        records(value);
      } else if (field.equals(linkField)) {
        link(value);
      } else if (value == JsonToken.START_OBJECT && leadsOn(field)) {
        object(field);
      } else {
        parser.skipChildren();
      }
      if (path == null && error.isEmpty()) {
        detect(field, valueStart);
      }
    }
  }

  private boolean leadsOn(String field) {
    return isPrefix(field, recordsField) || isPrefix(field, linkField);
  }

  private static boolean isPrefix(String field, String path) {
    return path.length() > field.length()
        && path.charAt(field.length()) == '.'
        && path.startsWith(field);
  }

  private void detect(String field, int valueStart) throws IOException {
    parser.finishToken();
    int valueEnd = start + (int) parser.currentLocation().getByteOffset();
    error = detector.error(field, () -> tree(valueStart, valueEnd));
  }

  private JsonNode tree(int from, int to) {
    try {
      return Json.MAPPER.readTree(json, from, to - from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void records(JsonToken value) throws IOException {
    if (recordsFound) {
      throw ConnectorException.protocol(
          "the response has the field '%s' twice".formatted(recordsField));
    }
    recordsFound = true;
    if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        records.add(record());
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw ConnectorException.protocol(
          "the field '%s' is not an array of records".formatted(recordsField));
    }
  }

  private SourceRecord record() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw ConnectorException.protocol(
          "element %d of the records is not an object".formatted(records.size()));
    }
    int from = offset();
    parser.skipChildren();
    return SourceRecord.slice(json, from, offset() + 1);
  }

  /** Null, false and the empty text mean that there is no next page. */
  private void link(JsonToken value) throws IOException {
    if (!value.isScalarValue() || value == JsonToken.VALUE_TRUE) {
      throw ConnectorException.protocol(
          "the field '%s' does not lead to the next page: it is no text or number"
              .formatted(linkField));
    }
    boolean last = value == JsonToken.VALUE_NULL || value == JsonToken.VALUE_FALSE;
    link = last ? Optional.empty() : Optional.of(parser.getText()).filter(text -> !text.isBlank());
  }

  /** Where the current token begins in the bytes. */
  private int offset() {
    return start + (int) parser.currentTokenLocation().getByteOffset();
  }
}
