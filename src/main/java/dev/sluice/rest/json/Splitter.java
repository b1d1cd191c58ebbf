package dev.sluice.rest.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ExtractedFields;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of one response, and the field that leads to the next page, in one scan over
 * its bytes. Builds no tree and copies no record.
 */
public final class Splitter {

  /**
   * The content of a response.
   *
   * @param elements the number of elements, records or not
   * @param link the text of the link field
   * @param total the number in the field that tells how many records the list has
   */
  public record Split(
      List<SourceRecord> records, int elements, Optional<String> link, Optional<Long> total) {}

  private final byte[] json;
  private final int start;
  private final int end;
  private final ResponseLayout layout;
  private final RecordPath recordPath;
  private final String linkField;
  private final Optional<SelectedLink> selectedLink;
  private final FieldSelection selection;
  private final ErrorDetector detector;
  private final JsonParser parser;

  private final List<SourceRecord> records = new ArrayList<>();
  private int elements;
  private boolean recordsFound;
  private boolean marked;
  private Optional<String> link = Optional.empty();
  private Optional<Long> total = Optional.empty();
  private Optional<String> error = Optional.empty();

  private Splitter(byte[] json, int start, int end, ResponseLayout layout, ErrorDetector detector)
      throws IOException {
    this.json = json;
    this.start = start;
    this.end = end;
    this.layout = layout;
    this.recordPath = RecordPath.parse(layout.recordsField());
    this.linkField = layout.linkField();
    this.selectedLink = SelectedLink.parse(linkField);
    this.selection = new FieldSelection(layout.extracted());
    this.detector = detector;
    this.parser = ResponseJson.FACTORY.createParser(json, start, end - start);
  }

  /** Splits a response whose elements are its records. */
  public static Split split(
      byte[] json, int length, String recordsField, String linkField, ErrorDetector detector)
      throws IOException {
    return split(
        json, length, ResponseLayout.ARRAY.recordsIn(recordsField).linkedBy(linkField), detector);
  }

  /**
   * Splits a response.
   *
   * @throws IOException when it is not one whole JSON document, or reports an error
   * @throws ConnectorException when it is JSON, but not what was expected
   */
  public static Split split(byte[] json, int length, ResponseLayout layout, ErrorDetector detector)
      throws IOException {
    int start = Documents.start(json, length);
    var splitter = new Splitter(json, start, length, layout, detector);
    try (splitter.parser) {
      return splitter.document();
    }
  }

  private Split document() throws IOException {
    JsonToken first = parser.nextToken();
    if (recordPath.array().isEmpty() && first == JsonToken.START_ARRAY) {
      records(first);
    } else if (recordPath.isWhole() && first == JsonToken.START_OBJECT) {
      whole();
    } else if (first == JsonToken.START_OBJECT) {
      members(null);
    } else {
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new MalformedDocument("something follows the JSON document");
    }
    if (error.isPresent()) {
      throw new ReportedError(error.get(), detector, () -> tree(start, end));
    }
    if (layout.type().isPresent() && !marked) {
      throw new MalformedDocument(
          "the response is not one whose '%s' is '%s'"
              .formatted(layout.type().get().field(), layout.type().get().text()));
    }
    if (!recordsFound && !marked) {
      throw new MalformedDocument(missing());
    }
    return new Split(records, elements, link, total);
  }

  private String missing() {
    if (recordPath.isWhole()) {
      return "the response is not the object that was expected";
    }
    return recordPath.array().isEmpty()
        ? "the response is not the array of records that was expected"
        : "the response has no field '%s' with the records".formatted(recordPath.array());
  }

  private void whole() throws IOException {
    recordsFound = true;
    element();
    for (SourceRecord record : records) {
      for (var field : record.tree().properties()) {
        error = error.or(() -> detector.error(field.getKey(), field::getValue));
      }
    }
  }

  private void members(@Nullable String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String field = path == null ? name : path + "." + name;
      JsonToken value = parser.nextToken();
      int valueStart = offset();
      if (field.equals(recordPath.array())) {
        records(value);
      } else if (field.equals(linkField)) {
        link(value);
      } else if (value == JsonToken.START_ARRAY && holdsLinks(field)) {
        links(selectedLink.orElseThrow());
      } else if (field.equals(layout.totalField())) {
        total(value);
      } else if (value == JsonToken.START_OBJECT && leadsOn(field)) {
        members(field);
      } else {
        marked |= isMarker(field, value);
        parser.skipChildren();
      }
      if (path == null && error.isEmpty()) {
        detect(field, valueStart);
      }
    }
  }

  private boolean isMarker(String field, JsonToken value) throws IOException {
    return layout.type().isPresent()
        && value == JsonToken.VALUE_STRING
        && field.equals(layout.type().get().field())
        && parser.getText().equals(layout.type().get().text());
  }

  private boolean leadsOn(String field) {
    return isPrefix(field, recordPath.array())
        || isPrefix(field, selectedLink.map(SelectedLink::array).orElse(linkField))
        || isPrefix(field, layout.totalField());
  }

  private boolean holdsLinks(String field) {
    return selectedLink.isPresent() && selectedLink.get().array().equals(field);
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
      return ResponseJson.MAPPER.readTree(json, from, to - from);
    } catch (IOException | NumberFormatException e) {
      // well-formed, or the scan would have ended; but a number in it may exceed the limits
      throw ConnectorException.protocol("a field holds what is beyond the limits for JSON");
    }
  }

  private void records(JsonToken value) throws IOException {
    if (recordsFound) {
      throw ConnectorException.protocol(
          "the response has the field '%s' twice".formatted(recordPath.array()));
    }
    recordsFound = true;
    if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        element();
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw ConnectorException.protocol(
          "the field '%s' is not an array of records".formatted(recordPath.array()));
    }
  }

  private void element() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw ConnectorException.protocol(
          "element %d of the records is not an object".formatted(elements));
    }
    elements++;
    if (recordPath.field().isEmpty()) {
      SourceRecord record = object();
      if (layout.wanted().test(record)) {
        records.add(record);
      }
      return;
    }
    int from = offset();
    String name = recordPath.field().get();
    Optional<SourceRecord> inner = field(name);
    if (layout.wanted().test(SourceRecord.slice(json, from, offset() + 1))) {
      records.add(
          inner.orElseThrow(
              () ->
                  ConnectorException.protocol(
                      "element %d of '%s' has no object in its field '%s'"
                          .formatted(elements - 1, recordPath.array(), name))));
    }
  }

  /** Reads the record that begins here to its end. */
  private SourceRecord object() throws IOException {
    JsonLocation from = parser.currentTokenLocation();
    ExtractedFields extracted = selection.read(parser);
    JsonLocation last = parser.currentTokenLocation();
    if (from.getLineNr() == last.getLineNr()) {
      extracted.noteOnOneLine();
    }
    return SourceRecord.slice(json, offset(from), offset(last) + 1, extracted);
  }

  /** Reads the object in a field of the current element to its end. */
  private Optional<SourceRecord> field(String name) throws IOException {
    Optional<SourceRecord> found = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(name);
      JsonToken value = parser.nextToken();
      if (wanted && value == JsonToken.START_OBJECT) {
        found = Optional.of(object());
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private void links(SelectedLink wanted) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int from = offset();
      parser.skipChildren();
      JsonNode element = tree(from, offset() + 1);
      if (link.isEmpty() && element.path(wanted.key()).asText().equals(wanted.value())) {
        link =
            Optional.ofNullable(element.path(wanted.field()).textValue())
                .filter(text -> !text.isBlank());
      }
    }
  }

  /** Treats what is no whole number as "not known". */
  private void total(JsonToken value) throws IOException {
    boolean tells = value.isScalarValue() && parser.getText().matches("[0-9]{1,18}");
    total = tells ? Optional.of(Long.valueOf(parser.getText())) : Optional.empty();
    parser.skipChildren();
  }

  /** Treats null, false and the empty text as "no next page". */
  private void link(JsonToken value) throws IOException {
    if (!value.isScalarValue() || value == JsonToken.VALUE_TRUE) {
      throw ConnectorException.protocol(
          "the field '%s' does not lead to the next page: it is no text or number"
              .formatted(linkField));
    }
    boolean last = value == JsonToken.VALUE_NULL || value == JsonToken.VALUE_FALSE;
    link = last ? Optional.empty() : Optional.of(parser.getText()).filter(text -> !text.isBlank());
  }

  /** Returns where the current token begins in the bytes. */
  private int offset() {
    return offset(parser.currentTokenLocation());
  }

  private int offset(JsonLocation location) {
    return start + (int) location.getByteOffset();
  }
}
