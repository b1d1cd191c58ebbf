package dev.sluice.rest.http;

import dev.sluice.rest.connection.ConnectionSettings;
import dev.sluice.rest.connection.ProxyChoice;
import dev.sluice.rest.connection.TlsMaterial;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The connection options of every connector that uses HTTP. */
@ConnectorApi
public final class HttpOptions {

  public static final Option<Integer> REQUEST_TIMEOUT_SECONDS =
      Option.number(
              "request_timeout_seconds",
              "How long one request may take, its body included",
              1,
              3_600)
          .withDefault(30);

  public static final Option<Integer> REQUEST_ATTEMPTS =
      Option.number(
              "request_attempts", "How often a request is tried, the first one included", 1, 20)
          .withDefault(3);

  public static final Option<Integer> RETRY_PAUSE_MILLIS =
      Option.number(
              "retry_pause_millis",
              "The pause before the second attempt; it doubles with each further one",
              0,
              600_000)
          .withDefault(1_000);

  static final Option<String> PROXY =
      Option.text(
          "proxy",
          "The HTTP proxy before the source, such as http://proxy.example.com:3128, or none; the"
              + " environment's HTTPS_PROXY and NO_PROXY are obeyed without it");

  static final Option<String> CA_CERTIFICATE =
      Option.text(
          "ca_certificate",
          "Certificates of authorities to trust in addition to the JVM's, in PEM, such as"
              + " ${file:ca.pem}");

  static final Option<String> CLIENT_CERTIFICATE =
      Option.text(
          "client_certificate",
          "The certificate by which the source knows us, in PEM, such as ${file:client.pem}");

  static final Option<String> CLIENT_KEY =
      Option.secret("client_key", "The private key of client_certificate, in PEM");

  private HttpOptions() {}

  /** Returns a connector's own options, and these. */
  public static List<Option<?>> and(Option<?>... own) {
    return Stream.concat(
            Stream.of(own),
            Stream.of(
                REQUEST_TIMEOUT_SECONDS,
                REQUEST_ATTEMPTS,
                RETRY_PAUSE_MILLIS,
                PROXY,
                CA_CERTIFICATE,
                CLIENT_CERTIFICATE,
                CLIENT_KEY))
        .toList();
  }

  /** Returns how connections are made. */
  static ConnectionSettings connection(Options options) {
    return new ConnectionSettings(
        new ProxyChoice(options.find(PROXY), System.getenv()),
        new TlsMaterial(
            options.find(CA_CERTIFICATE),
            options.find(CLIENT_CERTIFICATE),
            options.find(CLIENT_KEY)));
  }

  public static RetryPolicy retryPolicy(Options options) {
    return new RetryPolicy(
        options.get(REQUEST_ATTEMPTS), Duration.ofMillis(options.get(RETRY_PAUSE_MILLIS)));
  }

  public static Duration timeout(Options options) {
    return Duration.ofSeconds(options.get(REQUEST_TIMEOUT_SECONDS));
  }
}
