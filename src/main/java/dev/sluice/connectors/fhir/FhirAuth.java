package dev.sluice.connectors.fhir;

import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.OAuthClient;
import dev.sluice.rest.auth.SigningKey;
import dev.sluice.rest.auth.TokenDiscovery;
import dev.sluice.rest.auth.TokenEndpoint;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Authenticates us to a server. */
final class FhirAuth {
  static final String JWT_ASSERTION = "jwt_assertion";
  static final String CLIENT_SECRET = "client_secret";
  static final String NONE = "none";

  private static final String CONFIGURATION = "/.well-known/smart-configuration";

  /**
   * Lists the options that only some ways to authenticate use; the option that best shows which way
   * was meant comes first.
   */
  private static final Map<Option<?>, List<String>> USES = new LinkedHashMap<>();

  static {
    USES.put(FhirProvider.PRIVATE_KEY_PEM, List.of(JWT_ASSERTION));
    USES.put(FhirProvider.KID, List.of(JWT_ASSERTION));
    USES.put(FhirProvider.CLIENT_SECRET, List.of(CLIENT_SECRET));
    USES.put(FhirProvider.CLIENT_ID, List.of(JWT_ASSERTION, CLIENT_SECRET));
    USES.put(FhirProvider.TOKEN_URL, List.of(JWT_ASSERTION, CLIENT_SECRET));
    USES.put(FhirProvider.TOKEN_HOSTS, List.of(JWT_ASSERTION, CLIENT_SECRET));
    USES.put(FhirProvider.AUDIENCE, List.of(JWT_ASSERTION));
    USES.put(FhirProvider.SCOPE, List.of(JWT_ASSERTION, CLIENT_SECRET));
  }

  private FhirAuth() {}

  static Auth of(Options options) {
    refuseUnused(options);
    return switch (options.get(FhirProvider.AUTH_TYPE)) {
      case JWT_ASSERTION -> tokens(options, signed(options), Optional.of(scope(options)));
      case CLIENT_SECRET ->
          tokens(
              options,
              OAuthClient.basicSecret(
                  options.get(FhirProvider.CLIENT_ID), options.get(FhirProvider.CLIENT_SECRET)),
              options.find(FhirProvider.SCOPE));
      default -> Auth.none();
    };
  }

  /**
   * Rejects credentials for another way to authenticate: to ignore them would be to send anonymous
   * requests.
   */
  private static void refuseUnused(Options options) {
    String chosen = options.get(FhirProvider.AUTH_TYPE);
    USES.forEach(
        (option, types) -> {
          if (!types.contains(chosen) && options.find(option).isPresent()) {
            throw ConnectorException.configuration(
                "Option '%s' is not used with 'auth_type: %s': set 'auth_type: %s', or remove it"
                    .formatted(option.name(), chosen, String.join("' or 'auth_type: ", types)));
          }
        });
  }

  private static String scope(Options options) {
    return options.get(FhirProvider.SCOPE);
  }

  private static OAuthClient signed(Options options) {
    var algorithm = SigningKey.Algorithm.valueOf(options.get(FhirProvider.PRIVATE_KEY_ALGORITHM));
    var client =
        OAuthClient.signed(
            options.get(FhirProvider.CLIENT_ID),
            SigningKey.pem(
                algorithm,
                options.get(FhirProvider.KID),
                options.get(FhirProvider.PRIVATE_KEY_PEM)));
    return options.find(FhirProvider.AUDIENCE).map(client::audience).orElse(client);
  }

  private static List<String> hosts(Options options) {
    return options.find(FhirProvider.TOKEN_HOSTS).stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static Auth tokens(Options options, OAuthClient client, Optional<String> scope) {
    Optional<URI> url = options.find(FhirProvider.TOKEN_URL);
    if (url.isPresent()) {
      var endpoint = TokenEndpoint.of(url.get(), client);
      return Auth.clientCredentials(scope.map(endpoint::scope).orElse(endpoint));
    }
    var document = URI.create(options.get(FhirProvider.BASE_URL) + CONFIGURATION);
    var discovery = TokenDiscovery.of(document, client).hosts(hosts(options));
    return Auth.clientCredentials(scope.map(discovery::scope).orElse(discovery));
  }
}
