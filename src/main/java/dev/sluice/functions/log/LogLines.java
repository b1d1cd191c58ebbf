package dev.sluice.functions.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
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
 * Writes events as lines of JSON, with the names that users of Lambda Powertools know. May be used
 * from any thread.
 */
public final class LogLines {
  // A line has to stay far below what CloudWatch takes as one event.
  private static final int LONGEST_TEXT = 8_000;
  private static final int LONGEST_STACK = 24_000;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  // Nothing but ASCII: no reader of lines finds a line break that JSON does not know as one.
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
   * Lines as the environment wants them.
   *
   * @param out is flushed with each line and never closed
   */
  public static LogLines of(Map<String, String> variables, PrintStream out, InstantSource clock) {
    return new LogLines(Map.copyOf(variables), LogLevel.of(variables), clock, out);
  }

  /** Lines that nobody reads. */
  static LogLines none() {
    return of(
        Map.of(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        InstantSource.system());
  }

  boolean writes(LogLevel level) {
    return level.compareTo(least) >= 0;
  }

  /**
   * One event.
   *
   * @param invocation that it belongs to
   * @param fields adds what is particular to it
   */
  public void write(
      LogLevel level,
      String message,
      Optional<PlatformInvocation> invocation,
      Consumer<ObjectNode> fields) {
    if (!writes(level)) {
      return;
    }
    ObjectNode line =
        MAPPER
            .createObjectNode()
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

  /** A document that is a line of its own, whatever the level. */
  void print(ObjectNode document) {
    byte[] line = (text(document) + "\n").getBytes(StandardCharsets.US_ASCII);
    synchronized (out) {
      // In one piece: what reads the stream may take each write for an event.
      out.write(line, 0, line.length);
      out.flush();
    }
  }

  /** What went wrong, as a field. */
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
