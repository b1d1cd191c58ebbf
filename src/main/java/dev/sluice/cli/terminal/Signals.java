package dev.sluice.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * Installs the JDK's signal handlers. It uses reflection because the compiler's warning about their
 * package cannot be suppressed, and there is no other way to catch a signal without starting the
 * JVM's shutdown.
 */
final class Signals {

  private Signals() {}

  /** Installs a handler and returns the one that was there, for {@link #restore}. */
  static Object handle(String signal, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      var handler =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
      return restore(signal, handler);
    } catch (ClassNotFoundException e) {
      throw unavailable(e);
    }
  }

  static Object restore(String signal, Object handler) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      return signals
          .getMethod("handle", signals, Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
    } catch (ReflectiveOperationException e) {
      throw unavailable(e);
    }
  }

  private static IllegalStateException unavailable(ReflectiveOperationException cause) {
    return new IllegalStateException("This Java runtime lacks the module jdk.unsupported", cause);
  }
}
