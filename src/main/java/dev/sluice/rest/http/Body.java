package dev.sluice.rest.http;

import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.client.ClientRequestContext;
import java.io.FilterInputStream;
import java.io.InputStream;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

/** A response's body that can cut its connection, instead of being read to its end. */
final class Body extends FilterInputStream {
  private final ClientRequestContext request;

  Body(InputStream body, ClientRequestContext request) {
    super(body);
    this.request = request;
  }

  void abort() {
    if (request instanceof ResteasyReactiveClientRequestContext context) {
      HttpClientRequest sent = context.unwrap(HttpClientRequest.class);
      if (sent != null) {
        sent.reset();
      }
    }
  }
}
