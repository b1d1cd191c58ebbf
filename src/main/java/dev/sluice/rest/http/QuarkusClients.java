package dev.sluice.rest.http;

import dev.sluice.rest.connection.ConnectionSettings;
import dev.sluice.rest.connection.ResponseDecoder;
import dev.sluice.rest.url.Origin;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.ClientImpl;
import org.jboss.resteasy.reactive.client.impl.DefaultClientContext;
import org.jboss.resteasy.reactive.client.impl.PreservesThreadClientResponseFilter;
import org.jboss.resteasy.reactive.client.spi.ClientContextResolver;
import org.jboss.resteasy.reactive.common.jaxrs.ConfigurationImpl;

/**
 * The setup of the Quarkus REST client. An interface with annotations would need a running
 * application, because its implementation is generated when that is built; the client below it does
 * not. It uses the event loop of the application, or else one that all clients of the process
 * share.
 */
final class QuarkusClients {
  /** The property of a request that holds the URL, which is sent byte for byte. */
  static final String URL = "dev.sluice.url";

  /** The bytes that the connection reads at once; each chunk is handed from its thread to ours. */
  private static final int CHUNK = 64 << 10;

  static {
    // What Quarkus sets for Netty when an application starts: small chunks of memory, and no look
    // at the network's interfaces.
    setIfAbsent("io.netty.allocator.maxOrder", "3");
    setIfAbsent("io.netty.machineId", "00:00:00:00:00:00:00:01");
  }

  private QuarkusClients() {}

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  static Client open(Origin origin, Duration timeout, ConnectionSettings settings) {
    var configuration = new ConfigurationImpl(RuntimeType.CLIENT);
    int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    configuration.property(QuarkusRestClientProperties.CONNECT_TIMEOUT, millis);
    configuration.property(QuarkusRestClientProperties.READ_TIMEOUT, (long) millis);
    configuration.register(new ExactUrl());
    configuration.register(new Abortable());
    var context = new Context();
    settings.tls().requireUsable(context.getVertx());
    var client =
        new ClientImpl(
            options(origin, settings),
            configuration,
            context,
            null, // the host's name is checked
            null,
            false, // redirects are not followed
            null,
            LoggingScope.NONE,
            null,
            "sluice",
            null,
            List.of());
    installDecoder(client.getVertxHttpClient());
    return client;
  }

  @SuppressWarnings(
      "deprecation") // its successor belongs to a builder, which Quarkus does not show
  private static void installDecoder(HttpClient client) {
    client.connectionHandler(connection -> ResponseDecoder.install(connection, CHUNK));
  }

  private static HttpClientOptions options(Origin origin, ConnectionSettings settings) {
    // bodies are decompressed where their size is limited
    var options = new HttpClientOptions().setMaxChunkSize(CHUNK).setDecompressionSupported(false);
    settings.applyTo(options, origin);
    return options;
  }

  private static final class Context extends DefaultClientContext {

    @Override
    public Supplier<Vertx> getVertx() {
      Supplier<Vertx> running =
          ClientContextResolver.getInstance()
              .resolve(QuarkusClients.class.getClassLoader())
              .getVertx();
      return running == null ? () -> EventLoop.VERTX : running;
    }
  }

  /** The event loop that is created when the first client needs it. */
  private static final class EventLoop {
    /** Referenced here, because a logger that nobody references forgets its level. */
    private static final List<Logger> LOGGERS =
        List.of(Logger.getLogger("io.vertx"), Logger.getLogger("io.netty"));

    private static final Vertx VERTX;

    static {
      // every failure is an exception that its caller reports
      LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
      VERTX =
          Vertx.vertx(
              new VertxOptions()
                  // requests follow one another: a second loop would only be one more thread
                  .setEventLoopPoolSize(1)
                  .setUseDaemonThread(true)
                  .setBlockedThreadCheckInterval(1)
                  .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS)
                  .setFileSystemOptions(
                      new FileSystemOptions()
                          .setFileCachingEnabled(false)
                          .setClassPathResolvingEnabled(false)));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(EventLoop::close));
    }

    /** The JVM would wait 300 ms for threads that wait for the network when it exits. */
    private static void close() {
      try {
        VERTX.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        return; // the JVM waits instead
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Sends a URL as it is: a builder of URLs would escape some of its characters. */
  private static final class ExactUrl implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
      request.setUri((URI) request.getProperty(URL));
    }
  }

  /**
   * Makes it possible to end a response that does not end by itself. It never blocks, so it stays
   * on the connection's thread.
   */
  private static final class Abortable implements PreservesThreadClientResponseFilter {

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      InputStream body = response.getEntityStream();
      if (body != null) {
        response.setEntityStream(new Body(body, request));
      }
    }
  }
}
