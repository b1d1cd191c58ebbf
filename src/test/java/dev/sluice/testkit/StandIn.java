package dev.sluice.testkit;

import dev.sluice.spi.Options;
import java.util.List;

/**
 * A source under the kit's control, reached the way the real one is: over HTTP, on this machine.
 *
 * <p>The kit opens one for every combination that it runs and closes it; requests may arrive on any
 * thread while the kit changes tables on its own.
 */
public interface StandIn extends AutoCloseable {

  /** Connection options that work, secrets among them. */
  Options connection();

  /** One for every table that the connector lists. */
  List<StandInTable> tables();

  /** The line between connector and source; every request passes it. */
  Interceptor wire();

  @Override
  void close();
}
