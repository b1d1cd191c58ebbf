package dev.sluice.rest.auth;

import dev.sluice.rest.http.Credentials;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.http.Request.Parameter;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.spi.ConnectorApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The way in which a client authenticates to the source. Its text form hides the secrets. */
@ConnectorApi
public abstract sealed class Auth permits Auth.Fixed, Auth.Granted, Auth.Discovered {

  private Auth() {}

  public static Auth none() {
    return new Fixed(Map.of(), Optional.empty(), List.of());
  }

  /** Authenticates by {@code Authorization: Bearer <token>}. */
  public static Auth bearer(String token) {
    return new Fixed(Map.of("Authorization", "Bearer " + token), Optional.empty(), List.of(token));
  }

  /** Authenticates by {@code Authorization: Basic ...}; the user is no secret. */
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

  /** Authenticates by a key in the query; it is never part of a {@link Request}. */
  public static Auth apiKeyQuery(String name, String key) {
    return new Fixed(Map.of(), Optional.of(new Parameter(name, key)), List.of(key));
  }

  /** Authenticates by OAuth 2 client credentials (RFC 6749, section 4.4). */
  public static Auth clientCredentials(TokenEndpoint endpoint) {
    TokenEndpoint granting = endpoint.with("grant_type", "client_credentials");
    return new Granted(
        endpoint.client().secrets(),
        transports -> new OAuthGrant(granting, Optional.empty(), transports));
  }

  /** Authenticates by OAuth 2 client credentials, from an endpoint that the source names. */
  public static Auth clientCredentials(TokenDiscovery discovery) {
    return new Discovered(discovery.with("grant_type", "client_credentials"));
  }

  /**
   * Authenticates by an OAuth 2 refresh token (RFC 6749, section 6). A new refresh token from the
   * source is used for the rest of the invocation.
   */
  public static Auth refreshToken(TokenEndpoint endpoint, String refreshToken) {
    TokenEndpoint granting = endpoint.with("grant_type", "refresh_token");
    var secrets = new ArrayList<>(endpoint.client().secrets());
    secrets.add(refreshToken);
    return new Granted(
        secrets, transports -> new OAuthGrant(granting, Optional.of(refreshToken), transports));
  }

  /**
   * Authenticates by an access token for one installation of an application, as of a GitHub App.
   * The application requests it with a token that it has signed with its private key, and requests
   * a new one before it expires.
   *
   * @param endpoint answers {@code token} and {@code expires_at} to a POST
   * @param application identifies it to the source
   */
  public static Auth installationToken(URI endpoint, String application, SigningKey key) {
    return new Granted(
        List.of(), transports -> new InstallationGrant(endpoint, application, key, transports));
  }

  /** Returns the credentials for one client; opens what they need. */
  public abstract Credentials open(TransportFactory transports);

  /** The authentication that adds the same credential to every request. */
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
    public Credentials open(TransportFactory transports) {
      secrets.forEach(transports.secrets()::add);
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

  /** The authentication by a token that is requested, and requested again when it has expired. */
  static final class Granted extends Auth {
    private final List<String> secrets;
    private final Function<TransportFactory, Grant> grant;

    private Granted(List<String> secrets, Function<TransportFactory, Grant> grant) {
      this.secrets = secrets;
      this.grant = grant;
    }

    @Override
    public Credentials open(TransportFactory transports) {
      secrets.forEach(transports.secrets()::add);
      return new TokenCredentials(grant.apply(transports), transports);
    }
  }

  /** The authentication by a token from an endpoint that is looked up first. */
  static final class Discovered extends Auth {
    private final TokenDiscovery discovery;

    private Discovered(TokenDiscovery discovery) {
      this.discovery = discovery;
    }

    @Override
    public Credentials open(TransportFactory transports) {
      discovery.client().secrets().forEach(transports.secrets()::add);
      return new DiscoveredCredentials(discovery, transports);
    }
  }
}
