package dev.sluice.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a command writes and asks: results to {@code out}, everything else to {@code err}.
 *
 * @param answers where a person can answer; empty when nobody is there
 * @param colored what may be colored on {@code out}
 * @param width columns of the terminal behind {@code err}; empty when it is none
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
   * The process' own streams. The launcher knows which of them are terminals and says so in the
   * property {@code sluice.terminals}, such as {@code 0,1,2}; Java could not tell them apart.
   */
  public static Terminal ofProcess(Map<String, String> variables) {
    var terminals = Set.of(System.getProperty("sluice.terminals", "").split(","));
    boolean plain =
        !variables.getOrDefault("NO_COLOR", "").isEmpty()
            || variables.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminals.contains("0")
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())))
            : Optional.empty(),
        terminals.contains("1") && !plain ? Palette.COLORED : Palette.PLAIN,
        terminals.contains("2") && !variables.getOrDefault("TERM", "dumb").equals("dumb")
            ? Optional.of(Integer.getInteger("sluice.columns", USUAL_WIDTH))
            : Optional.empty());
  }

  /** Results are UTF-8 whatever the locale: they are data. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }
}
