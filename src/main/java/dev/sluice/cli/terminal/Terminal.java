package dev.sluice.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The streams that a command uses: results go to {@code out}, everything else to {@code err}, and a
 * person may answer questions.
 *
 * @param answers the input of that person; empty when nobody is there
 * @param colored how text on {@code out} is colored
 * @param width columns of the terminal that shows {@code err}; empty when none does
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Optional<BufferedReader> answers,
    Palette colored,
    Optional<Integer> width) {
  private static final int USUAL_WIDTH = 100;
  private static final int BUFFER = 64 << 10;

  /**
   * Returns the process' own streams. The launcher tells which of them are terminals, such as
   * {@code 0,1,2}, and how wide the last is. Java alone only knows whether there is a terminal, not
   * for which stream.
   */
  public static Terminal ofProcess(Map<String, String> variables) {
    String terminals =
        Optional.ofNullable(System.getProperty("sluice.terminals"))
            .orElseGet(() -> isInteractive() ? "0,1,2" : "");
    return of(terminals, System.getProperty("sluice.columns", ""), variables);
  }

  /**
   * Returns the process' own streams.
   *
   * @param terminals numbers of those that are terminals, separated by commas
   * @param columns of the terminal, as far as that is known
   */
  static Terminal of(String terminals, String columns, Map<String, String> variables) {
    var numbers = Set.of(terminals.split(","));
    boolean dumb = variables.getOrDefault("TERM", "dumb").equals("dumb");
    boolean plain = dumb || !variables.getOrDefault("NO_COLOR", "").isEmpty();
    int width =
        Stream.of(columns, variables.getOrDefault("COLUMNS", ""))
            .filter(text -> text.matches("[1-9][0-9]{0,4}"))
            .map(Integer::valueOf)
            .findFirst()
            .orElse(USUAL_WIDTH);
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        numbers.contains("0")
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())))
            : Optional.empty(),
        numbers.contains("1") && !plain ? Palette.COLORED : Palette.PLAIN,
        numbers.contains("2") && !dumb ? Optional.of(width) : Optional.empty());
  }

  /**
   * Decides whether there is a terminal. Since Java 22 there may be a console without one, and a
   * method that tells.
   */
  @SuppressWarnings("SystemConsoleNull") // Java 21 has none without a terminal
  private static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Java does not tell whether there is a terminal", e);
    }
  }

  /** Returns a stream that writes UTF-8 whatever the locale, because results are data. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }
}
