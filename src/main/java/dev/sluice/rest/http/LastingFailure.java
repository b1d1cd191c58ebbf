package dev.sluice.rest.http;

import dev.sluice.rest.connection.ResponseDecoder;
import dev.sluice.spi.ConnectorException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes the failures of a connection that last until somebody acts: a certificate that is not
 * trusted or missing, a server that does not use TLS, a proxy that refuses us, a response that
 * cannot be read. All others may be temporary.
 */
final class LastingFailure {
  private static final int DEEPEST = 20;

  /** What a server says when it ends the handshake because of what we are or can. */
  private static final Pattern ALERT =
      Pattern.compile(
          "fatal alert:"
              + " (\\w*certificate\\w*|unknown_ca|access_denied|handshake_failure|protocol_version|insufficient_security)");

  private static final Pattern PROXY_STATUS = Pattern.compile("(?i)proxy.*status: (4\\d\\d)");

  private LastingFailure() {}

  /** Returns an exception that says what to do; empty when trying again may help. */
  static Optional<ConnectorException> of(String place, Throwable failure, Secrets secrets) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Optional<ConnectorException> lasting = lasting(place, cause, secrets);
      if (lasting.isPresent()) {
        return lasting;
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static Optional<ConnectorException> lasting(
      String place, Throwable cause, Secrets secrets) {
    return switch (cause) {
      case NotSslRecordException plain ->
          configuration(
              place + ": the server does not speak TLS; correct the URL's scheme or port");
      case CertificateException certificate -> untrusted(place, certificate, secrets);
      case CertPathValidatorException path -> untrusted(place, path, secrets);
      case CertPathBuilderException path -> untrusted(place, path, secrets);
      case InvalidAlgorithmParameterException anchors
          when message(anchors).contains("trustAnchors") ->
          configuration(
              place
                  + ": this JVM trusts no authority; correct javax.net.ssl.trustStore and give its"
                  + " password in javax.net.ssl.trustStorePassword");
      case IllegalArgumentException invalid when message(invalid).contains("Content-Length") ->
          Optional.of(
              ConnectorException.protocol(
                  place + ": the response names two lengths (Content-Length) that differ"));
      default ->
          refusedHandshake(place, message(cause))
              .or(() -> refusedByProxy(place, message(cause)))
              .or(() -> tooLong(place, message(cause)));
    };
  }

  private static Optional<ConnectorException> refusedHandshake(String place, String message) {
    Matcher alert = ALERT.matcher(message);
    return alert.find()
        ? configuration(
            "%s: the server refused the TLS handshake (%s); it may want a client certificate: set client_certificate and client_key to one that it knows"
                .formatted(place, alert.group(1)))
        : Optional.empty();
  }

  private static Optional<ConnectorException> refusedByProxy(String place, String message) {
    Matcher status = PROXY_STATUS.matcher(message);
    return status.find()
        ? configuration(
            "%s: the proxy refused the connection with status %s; correct the proxy, its user or its password"
                .formatted(place, status.group(1)))
        : Optional.empty();
  }

  /** The decoder's exception has lost its type on the way, but not its words. */
  private static Optional<ConnectorException> tooLong(String place, String message) {
    return message.matches("HTTP (header|line) is larger than.*")
        ? Optional.of(
            ConnectorException.protocol(
                "%s: the response's headers are larger than %,d bytes"
                    .formatted(place, ResponseDecoder.MOST_HEADER_BYTES)))
        : Optional.empty();
  }

  private static Optional<ConnectorException> untrusted(
      String place, Exception why, Secrets secrets) {
    return configuration(
        "%s: the server's certificate is not trusted: %s; correct the URL, or trust the certificate's authority (option ca_certificate, or javax.net.ssl.trustStore of this JVM)"
            .formatted(place, secrets.excerpt(message(why))));
  }

  private static Optional<ConnectorException> configuration(String message) {
    return Optional.of(ConnectorException.configuration(message));
  }

  private static String message(Throwable cause) {
    return String.valueOf(cause.getMessage());
  }
}
