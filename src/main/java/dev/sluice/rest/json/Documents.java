package dev.sluice.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Parses whole responses as JSON documents. */
public final class Documents {

  private Documents() {}

  /** Finds where the document begins: after a byte order mark and white space. */
  static int start(byte[] body, int length) throws MalformedDocument {
    int start = 0;
    if (length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
      start = 3;
    }
    while (start < length && isBlank(body[start])) {
      start++;
    }
    if (start == length) {
      throw new MalformedDocument("the body is empty");
    }
    if (body[start] == '<') {
      throw new MalformedDocument(markup(body, start, length));
    }
    int second = start + 1 < length ? body[start + 1] : '.';
    // no document begins with anything else, and the parser would skip a second mark
    boolean isAscii = body[start] > 0 && second != 0;
    if (!isAscii || !Utf8.isText(body, start, length)) {
      throw new MalformedDocument("the body is not JSON in UTF-8");
    }
    return start;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static String markup(byte[] body, int start, int length) {
    var head =
        new String(body, start, Math.min(1000, length - start), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return head.contains("<html") || head.contains("<!doctype html")
        ? "the body is an HTML page"
        : "the body is XML or HTML";
  }

  private static JsonNode tree(byte[] body, int start, int end) throws IOException {
    try {
      return ResponseJson.MAPPER.readTree(body, start, end - start);
    } catch (NumberFormatException e) {
      throw new MalformedDocument("a number has an exponent that is beyond all bounds");
    }
  }

  /** Parses the document as a tree. */
  public static JsonNode tree(byte[] body, int length, ErrorDetector detector) throws IOException {
    int start = start(body, length);
    JsonNode document = tree(body, start, length);
    for (var field : document.properties()) {
      Optional<String> error = detector.error(field.getKey(), field::getValue);
      if (error.isPresent()) {
        throw new ReportedError(error.get(), detector, () -> document);
      }
    }
    return document;
  }
}
