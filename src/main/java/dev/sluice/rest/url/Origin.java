package dev.sluice.rest.url;

import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.util.Locale;

/** The scheme, host and port of a URL. A credential is sent to no other origin. */
public record Origin(String scheme, String host, int port) {

  public static Origin of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, host, port);
  }

  /**
   * Returns the origin of a configured URL: https, or http on this machine. Refuses addresses of
   * this machine's own network or of its cloud.
   */
  public static Origin configured(URI url) {
    var origin = of(url);
    if (url.getUserInfo() != null || origin.host().isEmpty() || !origin.isSafe()) {
      throw ConnectorException.configuration(
          "Credentials go to an https URL without user and password (http only for localhost),"
              + " not to "
              + origin);
    }
    Addresses.requireAllowed(origin.host());
    return origin;
  }

  private boolean isSafe() {
    return switch (scheme) {
      case "https" -> true;
      case "http" -> host.equals("localhost") || host.equals("[::1]") || isLoopbackAddress();
      default -> false;
    };
  }

  /**
   * Decides whether the host is four numbers that begin with 127; a name such as 127.example.com is
   * no address.
   */
  private boolean isLoopbackAddress() {
    return host.startsWith("127.")
        && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
