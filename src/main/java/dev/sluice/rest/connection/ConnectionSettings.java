package dev.sluice.rest.connection;

import dev.sluice.rest.url.Origin;
import io.vertx.core.http.HttpClientOptions;
import java.util.Optional;

/** The settings of all connections of one client. */
public record ConnectionSettings(ProxyChoice proxies, TlsMaterial tls) {

  /** Returns the proxy that an origin is reached through. */
  public Optional<ProxyAddress> proxy(Origin origin) {
    return proxies.proxy(origin);
  }

  /** Sets what connections to an origin need. */
  public void applyTo(HttpClientOptions options, Origin origin) {
    proxy(origin).ifPresent(proxy -> proxy.applyTo(options));
    tls.applyTo(options);
  }
}
