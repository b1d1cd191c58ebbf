package dev.sluice.rest.auth;

import dev.sluice.rest.url.PercentEncoding;
import dev.sluice.spi.ConnectorApi;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A client as a token endpoint knows it. Its text form hides the secrets. */
@ConnectorApi
public abstract sealed class OAuthClient
    permits OAuthClient.BasicSecret, OAuthClient.PostedSecret, OAuthClient.Signed {
  private final String id;

  private OAuthClient(String id) {
    this.id = id;
  }

  /** Returns a client that sends its secret by HTTP basic authentication. */
  public static OAuthClient basicSecret(String id, String secret) {
    return new BasicSecret(id, secret);
  }

  /** Returns a client that sends its secret in the form. */
  public static OAuthClient postedSecret(String id, String secret) {
    return new PostedSecret(id, secret);
  }

  /** Returns a client that sends an assertion signed with its private key (RFC 7523). */
  public static OAuthClient signed(String id, SigningKey key) {
    return signed(id, key, new RandomIds());
  }

  /**
   * Does the same as {@link #signed(String, SigningKey)}, with a source of identifiers for the
   * assertions.
   */
  static OAuthClient signed(String id, SigningKey key, Supplier<String> ids) {
    return new Signed(id, key, ids, Optional.empty());
  }

  /**
   * Returns the client whose assertions are for this audience, such as the server's issuer, in
   * place of the token endpoint; the same client when it sends none.
   */
  public OAuthClient audience(String audience) {
    return this;
  }

  /**
   * Returns the client as it identifies itself at an endpoint that takes these methods (RFC 8414);
   * none means that the endpoint does not tell.
   */
  OAuthClient fitting(Set<String> methods) {
    return this;
  }

  String id() {
    return id;
  }

  Map<String, String> headers() {
    return Map.of();
  }

  /** Returns the fields of the form, except those of the grant. */
  abstract Map<String, String> form(URI endpoint, Instant now);

  abstract List<String> secrets();

  static final class BasicSecret extends OAuthClient {
    private final String secret;
    private final String credential;

    private BasicSecret(String id, String secret) {
      super(id);
      this.secret = secret;
      this.credential =
          Auth.basicCredential(PercentEncoding.encode(id), PercentEncoding.encode(secret));
    }

    @Override
    OAuthClient fitting(Set<String> methods) {
      return methods.contains("client_secret_post") && !methods.contains("client_secret_basic")
          ? new PostedSecret(id(), secret)
          : this;
    }

    @Override
    Map<String, String> headers() {
      return Map.of("Authorization", "Basic " + credential);
    }

    @Override
    Map<String, String> form(URI endpoint, Instant now) {
      return Map.of();
    }

    @Override
    List<String> secrets() {
      return List.of(secret, credential);
    }
  }

  static final class PostedSecret extends OAuthClient {
    private final String secret;

    private PostedSecret(String id, String secret) {
      super(id);
      this.secret = secret;
    }

    @Override
    Map<String, String> form(URI endpoint, Instant now) {
      return Map.of("client_id", id(), "client_secret", secret);
    }

    @Override
    List<String> secrets() {
      return List.of(secret);
    }
  }

  static final class Signed extends OAuthClient {
    private final SigningKey key;
    private final Supplier<String> ids;
    private final Optional<String> audience;

    private Signed(String id, SigningKey key, Supplier<String> ids, Optional<String> audience) {
      super(id);
      this.key = key;
      this.ids = ids;
      this.audience = audience;
    }

    @Override
    public OAuthClient audience(String audience) {
      return new Signed(id(), key, ids, Optional.of(audience));
    }

    @Override
    Map<String, String> form(URI endpoint, Instant now) {
      return Map.of(
          "client_assertion_type",
          "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          "client_assertion",
          key.assertion(id(), audience.orElse(endpoint.toString()), now, ids.get()));
    }

    @Override
    List<String> secrets() {
      return List.of();
    }
  }
}
