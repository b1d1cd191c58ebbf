package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lives in the process that is to die. It writes down every failpoint that the process passes, and
 * at the chosen one halts it; or, when there is a port, reports there and waits for a word.
 */
public final class FailpointAgent {
  static final String TRACE = "FAILPOINT_TRACE";
  static final String CHOSEN = "FAILPOINT_CHOSEN";
  static final String PORT = "FAILPOINT_PORT";
  static final int EXIT_CODE = 86;

  private static final Map<String, Integer> PASSED = new HashMap<>();

  private FailpointAgent() {}

  /** Called by the JVM before the program. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(new StepTransformer());
  }

  /** Called by the methods of the steps. */
  public static void pass(String place) {
    Failpoint here;
    synchronized (PASSED) {
      here = Failpoint.parse(place + " " + PASSED.merge(place, 1, Integer::sum));
      write(here);
    }
    if (here.toString().equals(System.getenv(CHOSEN))) {
      Optional.ofNullable(System.getenv(PORT))
          .map(Integer::valueOf)
          .ifPresentOrElse(FailpointAgent::pause, () -> Runtime.getRuntime().halt(EXIT_CODE));
    }
  }

  private static void write(Failpoint here) {
    try {
      Files.writeString(
          Path.of(System.getenv(TRACE)),
          here + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until the other end has closed the connection. */
  private static void pause(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      while (socket.getInputStream().read() >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
