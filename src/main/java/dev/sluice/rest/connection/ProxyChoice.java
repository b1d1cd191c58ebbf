package dev.sluice.rest.connection;

import dev.sluice.rest.url.Origin;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The choice of a proxy: the option of the connection, else the environment's {@code HTTPS_PROXY}
 * and {@code HTTP_PROXY} with the exceptions in {@code NO_PROXY}, else the JVM's own properties.
 *
 * @param option a URL, or {@code none}
 * @param variables of the environment, in upper or lower case
 */
public record ProxyChoice(Optional<String> option, Map<String, String> variables) {
  private static final String NONE = "none";

  /** Returns the proxy for an origin; empty when it is reached directly. */
  public Optional<ProxyAddress> proxy(Origin origin) {
    if (option.isPresent()) {
      return option
          .filter(text -> !text.strip().equals(NONE))
          .map(text -> ProxyAddress.parse("Option 'proxy'", text));
    }
    String name = origin.scheme().toUpperCase(Locale.ROOT) + "_PROXY";
    Optional<String> named = variable(name);
    return named.isPresent()
        ? named
            .filter(text -> !isExcepted(origin))
            .map(text -> ProxyAddress.parse("The environment variable " + name, text))
        : ofJvm(origin);
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(key -> variables.getOrDefault(key, "").strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private boolean isExcepted(Origin origin) {
    return variable("NO_PROXY").stream()
        .flatMap(list -> Arrays.stream(list.split("[, ]+", -1)))
        .anyMatch(entry -> covers(entry.toLowerCase(Locale.ROOT), origin));
  }

  /** Decides whether an entry is the host, a domain above it, or all; it may name a port. */
  private static boolean covers(String entry, Origin origin) {
    if (entry.equals("*")) {
      return true;
    }
    String port = ":" + origin.port();
    String host = entry.endsWith(port) ? entry.substring(0, entry.length() - port.length()) : entry;
    String domain = host.replaceFirst("^\\*?\\.", "");
    return !domain.isEmpty()
        && (origin.host().equals(domain) || origin.host().endsWith("." + domain));
  }

  private static Optional<ProxyAddress> ofJvm(Origin origin) {
    String host = System.getProperty("http.proxyHost", NONE);
    String direct = System.getProperty("http.nonProxyHosts", "localhost|127.*|[::1]");
    return host.equals(NONE)
            || Arrays.stream(direct.split("\\|", -1)).anyMatch(p -> matches(p, origin))
        ? Optional.empty()
        : Optional.of(
            new ProxyAddress(
                host,
                Integer.getInteger("http.proxyPort", 80),
                Optional.empty(),
                Optional.empty()));
  }

  private static boolean matches(String pattern, Origin origin) {
    return origin.host().matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
  }
}
