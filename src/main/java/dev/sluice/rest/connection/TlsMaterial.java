package dev.sluice.rest.connection;

import dev.sluice.spi.ConnectorException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates of a connection, in PEM.
 *
 * @param authorities to trust in addition to those of the JVM
 * @param certificate by which the client identifies itself, with the ones between it and its
 *     authority
 * @param key that belongs to the certificate
 */
public record TlsMaterial(
    Optional<String> authorities, Optional<String> certificate, Optional<String> key) {

  public TlsMaterial {
    if (certificate.isPresent() != key.isPresent()) {
      throw ConnectorException.configuration(
          "A client certificate has two options, 'client_certificate' and 'client_key'; only one of"
              + " them is given");
    }
  }

  void applyTo(HttpClientOptions options) {
    authorities.ifPresent(pem -> options.setTrustOptions(trusting(pem)));
    certificate.ifPresent(pem -> options.setKeyCertOptions(identity(pem, key.orElseThrow())));
  }

  private static PemKeyCertOptions identity(String certificate, String key) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(certificate))
        .addKeyValue(Buffer.buffer(key));
  }

  /** Refuses a client certificate or a key that cannot be used. */
  public void requireUsable(Supplier<Vertx> vertx) {
    if (certificate.isEmpty()) {
      return;
    }
    try {
      identity(certificate.get(), key.orElseThrow()).getKeyManagerFactory(vertx.get());
    } catch (Exception e) {
      // without the cause, which may quote the key
      throw ConnectorException.configuration(
          "Options 'client_certificate' and 'client_key' have to be a certificate and its private"
              + " key, unencrypted, in PEM (PKCS #8, or PKCS #1 for RSA); they are not");
    }
  }

  private static TrustOptions trusting(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var trusted = new ArrayList<Certificate>(certificates(pem));
      trusted.addAll(ofJvm());
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return TrustOptions.wrap(factory);
    } catch (GeneralSecurityException | IOException e) {
      throw ConnectorException.configuration(
          "Option 'ca_certificate' holds no certificate in PEM, which begins with -----BEGIN"
              + " CERTIFICATE-----",
          e);
    }
  }

  private static List<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    var certificates =
        List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(bytes));
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return certificates;
  }

  private static List<X509Certificate> ofJvm() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return List.of(trust.getAcceptedIssuers());
      }
    }
    return List.of();
  }
}
