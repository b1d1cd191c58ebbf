package dev.sluice.spi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One JSON object as the source sent it: raw, unflattened, uncast. It keeps the source's bytes and
 * parses only what is asked for, so that a record that passes through is never rebuilt.
 */
public final class SourceRecord {
  private final byte[] json;
  private final int start;
  private final int end;

  private SourceRecord(byte[] json, int start, int end) {
    this.json = json;
    this.start = start;
    this.end = end;
  }

  /** The object between two offsets of an array, {@code end} exclusive; the array is not copied. */
  public static SourceRecord slice(byte[] json, int start, int end) {
    if (end - start < 2 || json[start] != '{' || json[end - 1] != '}') {
      throw ConnectorException.protocol("A record is a JSON object");
    }
    return new SourceRecord(json, start, end);
  }

  public static SourceRecord of(String json) {
    byte[] bytes = json.strip().getBytes(StandardCharsets.UTF_8);
    return slice(bytes, 0, bytes.length);
  }

  /** Size in bytes. */
  public int size() {
    return end - start;
  }

  /**
   * The text of a scalar field, numbers with the digits that the source sent; a dotted path reaches
   * into objects. Empty when the field is absent, null, an object or an array.
   */
  public Optional<String> text(String path) {
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

  /** This record with a text field added, or replaced where it was there. */
  public SourceRecord with(String field, String value) {
    try {
      return withJson(field, Json.MAPPER.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This record with a number added, or replaced where it was there. */
  public SourceRecord with(String field, long value) {
    try {
      return withJson(field, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SourceRecord withJson(String field, byte[] value) throws IOException {
    try (JsonParser parser = parser()) {
      parser.nextToken();
      if (enter(parser, field)) {
        int valueStart = start + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int valueEnd = start + (int) parser.currentLocation().getByteOffset();
        return splice(valueStart, valueEnd, value);
      }
    }
    var member = new ByteArrayOutputStream();
    if (!isEmptyObject()) {
      member.write(',');
    }
    member.writeBytes(Json.MAPPER.writeValueAsBytes(field));
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
    return new SourceRecord(changed, 0, changed.length);
  }

  /** The whole record as a tree, for a connector that needs to look around in it. */
  public JsonNode tree() {
    try {
      return Json.MAPPER.readTree(json, start, size());
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /**
   * The source's bytes in one line: line breaks, which JSON has only between tokens, are blanks.
   */
  public void writeLine(OutputStream out) throws IOException {
    int from = start;
    for (int i = start; i < end; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        out.write(json, from, i - from);
        out.write(' ');
        from = i + 1;
      }
    }
    out.write(json, from, end - from);
    out.write('\n');
  }

  /** The source's text. */
  public String json() {
    return new String(json, start, size(), StandardCharsets.UTF_8);
  }

  private JsonParser parser() throws IOException {
    return Json.FACTORY.createParser(json, start, size());
  }

  private static ConnectorException malformed(IOException cause) {
    return ConnectorException.protocol("A record is not well-formed JSON", cause);
  }

  /** Not the content: records are not for logs. */
  @Override
  public String toString() {
    return "SourceRecord of " + size() + " bytes";
  }
}
