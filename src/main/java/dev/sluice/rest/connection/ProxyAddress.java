package dev.sluice.rest.connection;

import dev.sluice.spi.ConnectorException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The HTTP proxy between us and a source, and the user by which it knows us. */
public record ProxyAddress(
    String host, int port, Optional<String> user, Optional<String> password) {
  private static final int USUAL_PORT = 80;

  /**
   * Reads a URL such as {@code http://user:password@proxy.example.com:3128}; the scheme may be left
   * out.
   *
   * @param name of the option or variable that holds it, for messages, which show no password
   */
  static ProxyAddress parse(String name, String text) {
    URI url;
    try {
      url = URI.create(text.contains("://") ? text.strip() : "http://" + text.strip());
    } catch (IllegalArgumentException e) {
      throw invalid(name); // without the cause, which quotes it
    }
    if (url.getHost() == null || !url.getScheme().equalsIgnoreCase("http")) {
      throw invalid(name);
    }
    String[] user =
        url.getRawUserInfo() == null ? new String[0] : url.getRawUserInfo().split(":", 2);
    return new ProxyAddress(
        url.getHost(),
        url.getPort() < 0 ? USUAL_PORT : url.getPort(),
        user.length > 0 ? Optional.of(decoded(user[0])) : Optional.empty(),
        user.length > 1 ? Optional.of(decoded(user[1])) : Optional.empty());
  }

  private static ConnectorException invalid(String name) {
    return ConnectorException.configuration(
        "%s names no proxy; it takes a URL such as http://proxy.example.com:3128".formatted(name));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  void applyTo(HttpClientOptions options) {
    var proxy = new ProxyOptions().setHost(host).setPort(port);
    user.ifPresent(proxy::setUsername);
    password.ifPresent(proxy::setPassword);
    options.setProxyOptions(proxy);
  }
}
