package dev.sluice.connectors.hubspot;

import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.OAuthClient;
import dev.sluice.rest.auth.TokenEndpoint;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import java.net.URI;
import java.util.Optional;

/**
 * Authenticates us to HubSpot: as the holder of a key, or as an OAuth app that an account has
 * installed.
 */
final class HubSpotAuth {

  private HubSpotAuth() {}

  static Auth of(Options options) {
    Optional<String> accessToken = options.find(HubSpotProvider.ACCESS_TOKEN);
    Optional<String> refreshToken = options.find(HubSpotProvider.REFRESH_TOKEN);
    if (accessToken.isPresent() == refreshToken.isPresent()) {
      throw ConnectorException.configuration(
          "HubSpot takes one of 'access_token' and 'refresh_token', not both and not neither");
    }
    return accessToken
        .map(Auth::bearer)
        .orElseGet(() -> Auth.refreshToken(endpoint(options), refreshToken.orElseThrow()));
  }

  private static TokenEndpoint endpoint(Options options) {
    return TokenEndpoint.of(
        URI.create(options.get(HubSpotProvider.BASE_URL) + Paths.TOKEN),
        OAuthClient.postedSecret(
            options.get(HubSpotProvider.CLIENT_ID), options.get(HubSpotProvider.CLIENT_SECRET)));
  }
}
