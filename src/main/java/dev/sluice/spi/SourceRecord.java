package dev.sluice.spi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One JSON object as the source sent it, not flattened and not cast. It keeps the source's bytes
 * and parses only the fields that are asked for, so a record that is passed on is never rebuilt.
 */
public final class SourceRecord {
  private static final byte[] END = {'}', '\n'};

  private final byte[] json;
  private final int start;
  private final int end;
  private final ExtractedFields noted;

  /**
   * The fields after the last member, kept apart so that nothing is copied; the slice contains none
   * of them.
   */
  private final AddedFields added;

  private SourceRecord(byte[] json, int start, int end, ExtractedFields noted, AddedFields added) {
    this.json = json;
    this.start = start;
    this.end = end;
    this.noted = noted;
    this.added = added;
  }

  /**
   * Returns the object between two offsets of an array, {@code end} exclusive; the array is not
   * copied.
   */
  public static SourceRecord slice(byte[] json, int start, int end) {
    return slice(json, start, end, ExtractedFields.NONE);
  }

  /**
   * Returns the object between two offsets, with some of its fields already known; {@code end} is
   * exclusive and the array is not copied.
   */
  public static SourceRecord slice(byte[] json, int start, int end, ExtractedFields noted) {
    if (end - start < 2 || json[start] != '{' || json[end - 1] != '}') {
      throw ConnectorException.protocol("A record is a JSON object");
    }
    return new SourceRecord(json, start, end, noted, AddedFields.NONE);
  }

  public static SourceRecord of(String json) {
    byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
    return slice(bytes, 0, bytes.length);
  }

  /** Returns the size in bytes. */
  public int size() {
    return end - start + added.members().length;
  }

  /**
   * Returns the text of a scalar field, numbers with the digits that the source sent; a dotted path
   * reaches into objects. It is empty when the field is absent, null, an object or an array.
   */
  public Optional<String> text(String path) {
    Optional<String> addedText = added.text(path);
    if (addedText.isPresent()) {
      return addedText;
    }
    if (noted.know(path)) {
      return noted.text(path);
    }
    try (JsonParser parser = parser()) {
      return position(parser, path) && parser.currentToken().isScalarValue()
          ? Optional.ofNullable(
              parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Moves to the value at the end of the path; of duplicate names the first counts. */
  private static boolean position(JsonParser parser, String path) throws IOException {
    parser.nextToken();
    int from = 0;
    while (true) {
      int dot = path.indexOf('.', from);
      String name = dot < 0 ? path.substring(from) : path.substring(from, dot);
      if (parser.currentToken() != JsonToken.START_OBJECT || !enter(parser, name)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      from = dot + 1;
    }
  }

  private static boolean enter(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /** Returns this record with a text field added or replaced. */
  public SourceRecord with(String field, String value) {
    return withJson(field, AddedFields.encoded(value));
  }

  /** Returns this record with text fields added or replaced. */
  public SourceRecord with(AddedFields fields) {
    if (added.isEmpty() && !isEmptyObject() && noted.lackAll(fields.texts().keySet())) {
      return new SourceRecord(json, start, end, noted, fields);
    }
    SourceRecord changed = this;
    for (var field : fields.texts().entrySet()) {
      changed = changed.with(field.getKey(), field.getValue());
    }
    return changed;
  }

  /** Returns this record with a number added or replaced. */
  public SourceRecord with(String field, long value) {
    return withJson(field, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  private SourceRecord withJson(String field, byte[] value) {
    if (!added.isEmpty()) {
      return withAddedFields().withJson(field, value);
    }
    try (JsonParser parser = parser()) {
      parser.nextToken();
      if (enter(parser, field)) {
        int valueStart = start + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int valueEnd = start + (int) parser.currentLocation().getByteOffset();
        return splice(valueStart, valueEnd, value);
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    var member = new ByteArrayOutputStream();
    if (!isEmptyObject()) {
      member.write(',');
    }
    member.writeBytes(AddedFields.encoded(field));
    member.write(':');
    member.writeBytes(value);
    return splice(end - 1, end - 1, member.toByteArray());
  }

  private boolean isEmptyObject() {
    for (int i = start + 1; i < end - 1; i++) {
      if (json[i] > ' ' || json[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private SourceRecord splice(int from, int to, byte[] replacement) {
    byte[] changed = new byte[from - start + replacement.length + end - to];
    System.arraycopy(json, start, changed, 0, from - start);
    System.arraycopy(replacement, 0, changed, from - start, replacement.length);
    System.arraycopy(json, to, changed, from - start + replacement.length, end - to);
    return new SourceRecord(changed, 0, changed.length, ExtractedFields.NONE, AddedFields.NONE);
  }

  private SourceRecord withAddedFields() {
    return added.isEmpty() ? this : splice(end - 1, end - 1, added.members());
  }

  /** Returns the whole record as a tree, for a connector that needs many parts of it. */
  public JsonNode tree() {
    SourceRecord whole = withAddedFields();
    try {
      return RecordJson.MAPPER.readTree(whole.json, whole.start, whole.size());
    } catch (IOException | NumberFormatException e) {
      throw malformed(e);
    }
  }

  /**
   * Writes the source's bytes on one line: line breaks, which JSON has only between tokens, become
   * blanks.
   */
  public void writeLine(OutputStream out) throws IOException {
    writeOnOneLine(out, end - 1);
    out.write(added.members());
    out.write(END);
  }

  private void writeOnOneLine(OutputStream out, int to) throws IOException {
    int from = start;
    if (!noted.isOnOneLine()) {
      for (int i = start; i < to; i++) {
        if (json[i] == '\n' || json[i] == '\r') {
          out.write(json, from, i - from);
          out.write(' ');
          from = i + 1;
        }
      }
    }
    out.write(json, from, to - from);
  }

  /** Returns the source's text. */
  public String json() {
    SourceRecord whole = withAddedFields();
    return new String(whole.json, whole.start, whole.size(), StandardCharsets.UTF_8);
  }

  private JsonParser parser() throws IOException {
    return RecordJson.FACTORY.createParser(json, start, end - start);
  }

  private static ConnectorException malformed(Exception cause) {
    return ConnectorException.protocol("A record is not well-formed JSON", cause);
  }

  /** Does not show the content: records do not belong in logs. */
  @Override
  public String toString() {
    return "SourceRecord of " + size() + " bytes";
  }
}
