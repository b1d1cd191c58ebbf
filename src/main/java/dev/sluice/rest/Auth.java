package dev.sluice.rest;

import dev.sluice.rest.Request.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a client proves to the source who it is. Does not print its secrets. */
public abstract sealed class Auth permits Auth.Fixed, Auth.Token, Auth.Discovered {

  private Auth() {}

  public static Auth none() {
    return new Fixed(Map.of(), Optional.empty(), List.of());
  }

  /** {@code Authorization: Bearer <token>}. */
  public static Auth bearer(String token) {
    return new Fixed(Map.of("Authorization", "Bearer " + token), Optional.empty(), List.of(token));
  }

  /** {@code Authorization: Basic ...}; the user is no secret. */
  public static Auth basic(String user, String password) {
    String credential = basicCredential(user, password);
    return new Fixed(
        Map.of("Authorization", "Basic " + credential),
        Optional.empty(),
        List.of(password, credential));
  }

  static String basicCredential(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  public static Auth apiKeyHeader(String name, String key) {
    return new Fixed(Map.of(name, key), Optional.empty(), List.of(key));
  }

  /** A key in the query; it is never part of a {@link Request}. */
  public static Auth apiKeyQuery(String name, String key) {
    return new Fixed(Map.of(), Optional.of(new Parameter(name, key)), List.of(key));
  }

  /** OAuth 2 client credentials (RFC 6749, section 4.4). */
  public static Auth clientCredentials(TokenEndpoint endpoint) {
    return new Token(endpoint.with("grant_type", "client_credentials"), Optional.empty());
  }

  /** OAuth 2 client credentials, from an endpoint that the source names. */
  public static Auth clientCredentials(TokenDiscovery discovery) {
    return new Discovered(discovery.with("grant_type", "client_credentials"));
  }

  /**
   * OAuth 2 refresh token (RFC 6749, section 6). A new refresh token that the source hands out is
   * used for the rest of the invocation.
   */
  public static Auth refreshToken(TokenEndpoint endpoint, String refreshToken) {
    return new Token(endpoint.with("grant_type", "refresh_token"), Optional.of(refreshToken));
  }

  /** The credentials for one client; opens what they need. */
  abstract Credentials open(Wires wires);

  /** The same credential for every request. */
  static final class Fixed extends Auth implements Credentials {
    private final Map<String, String> headers;
    private final Optional<Parameter> parameter;
    private final List<String> secrets;

    private Fixed(
        Map<String, String> headers, Optional<Parameter> parameter, List<String> secrets) {
      this.headers = headers;
      this.parameter = parameter;
      this.secrets = secrets;
    }

    @Override
    Credentials open(Wires wires) {
      secrets.forEach(wires.secrets()::add);
      return this;
    }

    @Override
    public Map<String, String> headers() {
      return headers;
    }

    @Override
    public Optional<Parameter> parameter() {
      return parameter;
    }
  }

  /** A token that is asked for, and again when it has expired. */
  static final class Token extends Auth {
    private final TokenEndpoint endpoint;
    private final Optional<String> refreshToken;

    private Token(TokenEndpoint endpoint, Optional<String> refreshToken) {
      this.endpoint = endpoint;
      this.refreshToken = refreshToken;
    }

    @Override
    Credentials open(Wires wires) {
      endpoint.client().secrets().forEach(wires.secrets()::add);
      refreshToken.ifPresent(wires.secrets()::add);
      return new TokenCredentials(endpoint, refreshToken, wires.tokens(endpoint), wires.secrets());
    }
  }

  /** A token from an endpoint that is looked up first. */
  static final class Discovered extends Auth {
    private final TokenDiscovery discovery;

    private Discovered(TokenDiscovery discovery) {
      this.discovery = discovery;
    }

    @Override
    Credentials open(Wires wires) {
      discovery.client().secrets().forEach(wires.secrets()::add);
      return new DiscoveredCredentials(discovery, wires);
    }
  }
}
