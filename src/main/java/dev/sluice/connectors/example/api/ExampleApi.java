package dev.sluice.connectors.example.api;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A simulated source, served over HTTP to this machine only: tables with every kind of change, a
 * page at a time, with HTTP Basic authentication and occasional failures.
 */
public final class ExampleApi implements AutoCloseable {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
  private static final Duration AGE_OF_THE_DATA = Duration.ofHours(1);

  static {
    // Read once, when the server's classes are loaded. Without it, a JDK that sends headers and
    // body separately delays a small response by 40 ms, until the client's delayed
    // acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ApiData store;
  private final Traffic traffic;
  private final RandomFailures failures;

  private ExampleApi(HttpServer server, Settings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed);
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.store = new ApiData(settings.clock);
    this.traffic = new Traffic();
    this.failures =
        new RandomFailures(random.split(), settings.errorRate, settings.longestRetryAfter);
    new SeedData(random.split(), settings.clock.instant().minus(AGE_OF_THE_DATA)).fill(store);
  }

  /** Starts to serve fresh data; the caller closes it. */
  public static ExampleApi start(Settings settings) {
    try {
      InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      InetSocketAddress address = new InetSocketAddress(host, settings.port);
      ExampleApi api = new ExampleApi(HttpServer.create(address, 0), settings);
      api.serve();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + settings.port, e);
    }
  }

  private void serve() {
    server.createContext("/", new ApiHandler(new Router(store), failures, traffic));
    server.setExecutor(threads);
    server.start();
  }

  /** Returns the URL of the API, without a slash at the end. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns the rows of the API. */
  public ApiData store() {
    return store;
  }

  /** Returns the requests and responses on the network, to watch or disturb them. */
  public Traffic traffic() {
    return traffic;
  }

  /** Sets the probability that a request fails, 0 to 1, from the next request on. */
  public void errorRate(double rate) {
    failures.rate(Settings.checkedRate(rate));
  }

  /** Returns an instant in the API's format, with microseconds and offset, which sorts as text. */
  public static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /** Stops at once; requests in progress are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * The settings that the API is served with.
   *
   * @param port 0 for any that is free
   * @param errorRate the probability that a request fails, 0 to 1
   * @param seed chooses the nulls in the data and the requests that fail
   * @param longestRetryAfter the largest value of a Retry-After header, in whole seconds
   * @param clock gives the time that writes and deletes are stamped with
   */
  public record Settings(
      int port, double errorRate, long seed, Duration longestRetryAfter, InstantSource clock) {

    public Settings {
      checkedRate(errorRate);
      if (longestRetryAfter.isNegative()) {
        throw new IllegalArgumentException("Not a waiting time: " + longestRetryAfter);
      }
    }

    /**
     * Returns settings with any free port, three failures in a hundred requests and the system's
     * clock.
     */
    public static Settings standard() {
      return new Settings(0, 0.03, 42, Duration.ofSeconds(1), InstantSource.system());
    }

    /** Returns the settings of {@link #standard}, but nothing fails. */
    public static Settings reliable() {
      return standard().withErrorRate(0);
    }

    public Settings withPort(int port) {
      return new Settings(port, errorRate, seed, longestRetryAfter, clock);
    }

    public Settings withErrorRate(double errorRate) {
      return new Settings(port, errorRate, seed, longestRetryAfter, clock);
    }

    public Settings withSeed(long seed) {
      return new Settings(port, errorRate, seed, longestRetryAfter, clock);
    }

    public Settings withLongestRetryAfter(Duration longestRetryAfter) {
      return new Settings(port, errorRate, seed, longestRetryAfter, clock);
    }

    public Settings withClock(InstantSource clock) {
      return new Settings(port, errorRate, seed, longestRetryAfter, clock);
    }

    private static double checkedRate(double rate) {
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
      throw new IllegalArgumentException("An error rate lies between 0 and 1: " + rate);
    }
  }
}
