package dev.sluice.functions.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The log as lines of JSON, with the field names of Lambda Powertools. May be used from any thread.
 */
public final class LogLines {
  // A line has to stay far below what CloudWatch accepts as one event.
  private static final int LONGEST_TEXT = 8_000;
  private static final int LONGEST_STACK = 24_000;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  // ASCII only: some readers treat other characters, such as U+2028, as line breaks.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Map<String, String> variables;
  private final LogLevel least;
  private final InstantSource clock;
  private final PrintStream out;

  private LogLines(
      Map<String, String> variables, LogLevel least, InstantSource clock, PrintStream out) {
    this.variables = variables;
    this.least = least;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Returns lines in the form that the environment asks for.
   *
   * @param out is flushed with each line and never closed
   */
  public static LogLines of(Map<String, String> variables, PrintStream out, InstantSource clock) {
    return new LogLines(Map.copyOf(variables), LogLevel.of(variables), clock, out);
  }

  boolean writes(LogLevel level) {
    return level.compareTo(least) >= 0;
  }

  /**
   * Writes an event of the invocation on this thread.
   *
   * @param fields adds the fields of this event
   */
  public void write(LogLevel level, String message, Consumer<ObjectNode> fields) {
    write(level, message, PlatformInvocation.current(), fields);
  }

  /** Writes an event of the given invocation. */
  void write(
      LogLevel level,
      String message,
      Optional<PlatformInvocation> invocation,
      Consumer<ObjectNode> fields) {
    if (!writes(level)) {
      return;
    }
    ObjectNode line =
        JsonText.object()
            .put("level", level.name())
            .put("message", shorten(message, LONGEST_TEXT))
            .put("timestamp", TIMESTAMP.format(clock.instant()))
            .put("service", variables.getOrDefault("POWERTOOLS_SERVICE_NAME", "sluice"));
    invocation.ifPresent(
        known -> line.put("cold_start", known.start() == PlatformInvocation.Start.COLD));
    variable("AWS_LAMBDA_FUNCTION_NAME").ifPresent(name -> line.put("function_name", name));
    variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        .ifPresent(size -> line.put("function_memory_size", size));
    invocation.ifPresent(known -> line.put("function_request_id", known.requestId()));
    fields.accept(line);
    print(line);
  }

  /** Writes a document as a line of its own, whatever the level. */
  void print(ObjectNode document) {
    byte[] line = (text(document) + "\n").getBytes(StandardCharsets.US_ASCII);
    synchronized (out) {
      // In one write: a reader of the stream may treat each write as an event.
      out.write(line, 0, line.length);
      out.flush();
    }
  }

  /** Adds the failure as a field. */
  public static void error(ObjectNode line, Throwable failure) {
    var stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    line.putObject("error")
        .put("name", failure.getClass().getName())
        .put("message", shorten(String.valueOf(failure.getMessage()), LONGEST_TEXT))
        .put("stack", shorten(stack.toString(), LONGEST_STACK));
  }

  static String shorten(String text) {
    return shorten(text, LONGEST_TEXT);
  }

  private static String shorten(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  private static String text(ObjectNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }
}
