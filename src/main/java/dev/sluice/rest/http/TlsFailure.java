package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;

/**
 * Recognizes the failures of a TLS handshake that last until somebody acts: a certificate that is
 * not trusted, and a server that does not use TLS. All others may be temporary.
 */
final class TlsFailure {
  private static final int DEEPEST = 20;

  private TlsFailure() {}

  /** Returns an exception that says what to do; empty when trying again may help. */
  static Optional<ConnectorException> lasting(String place, Throwable failure, Secrets secrets) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      switch (cause) {
        case NotSslRecordException plain -> {
          return Optional.of(
              ConnectorException.configuration(
                  place + ": the server does not speak TLS; correct the URL's scheme or port"));
        }
        case CertificateException certificate -> {
          return Optional.of(untrusted(place, certificate, secrets));
        }
        case CertPathValidatorException path -> {
          return Optional.of(untrusted(place, path, secrets));
        }
        case CertPathBuilderException path -> {
          return Optional.of(untrusted(place, path, secrets));
        }
        default -> cause = cause.getCause();
      }
    }
    return Optional.empty();
  }

  private static ConnectorException untrusted(String place, Exception why, Secrets secrets) {
    return ConnectorException.configuration(
        "%s: the server's certificate is not trusted: %s; correct the URL, or let this JVM trust the certificate's authority (javax.net.ssl.trustStore)"
            .formatted(place, secrets.excerpt(String.valueOf(why.getMessage()))));
  }
}
