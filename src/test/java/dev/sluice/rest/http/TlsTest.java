package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.rawThenEnd;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real TLS on 127.0.0.1. Nothing is sent to whom nobody vouches for. */
class TlsTest {
  @TempDir static Path folder;

  private static Certificates localhost;

  @BeforeAll
  static void create() throws Exception {
    localhost = Certificates.create(folder, "dns:localhost");
  }

  private static URI localhost(FaultServer server) {
    return URI.create("https://localhost:" + server.port());
  }

  /** What becomes of one page, and how many requests were tried. */
  private static void assertRefused(FaultServer server, URI url, String... words) {
    var invocation = new ClientInvocation();
    try (var client = invocation.client(url).auth(Auth.bearer("canary")).build()) {
      ConnectorException failure = Failing.failure(client);

      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("GET " + url).hasMessageContainingAll(words);
      assertThat(invocation.sent()).as("attempts").isEqualTo(1);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void certificateThatIsTrustedIsEnough() throws Exception {
    try (var server = new FaultServer(localhost.listen(), json("[{}]"))) {
      localhost.whileTrusted(
          () -> {
            try (var client = new ClientInvocation().client(localhost(server)).build()) {
              assertThat(Failing.items(client)).hasSize(1);
            }
          });
    }
  }

  @Test
  void authorityOfTheConnectionIsTrusted() throws Exception {
    try (var server = new FaultServer(localhost.listen(), json("[{}]"))) {
      var invocation = new ClientInvocation().with("ca_certificate", localhost.certificate());
      try (var client = invocation.client(localhost(server)).build()) {
        assertThat(Failing.items(client)).hasSize(1);
      }
    }
  }

  @Test
  void trustStoreWithoutItsPasswordIsTheOperatorsConcern() throws Exception {
    try (var server = new FaultServer(localhost.listen(), json("[{}]"))) {
      localhost.whileTrustedWithoutPassword(
          () -> assertRefused(server, localhost(server), "trustStorePassword"));
    }
  }

  @Test
  void clientShowsItsCertificate() throws Exception {
    var me = Certificates.create(folder, "dns:me");
    try (var server = new FaultServer(localhost.listenTo(me), json("[{}]"))) {
      var invocation =
          new ClientInvocation()
              .with("ca_certificate", localhost.certificate())
              .with("client_certificate", me.certificate())
              .with("client_key", me.key());
      try (var client = invocation.client(localhost(server)).build()) {
        assertThat(Failing.items(client)).hasSize(1);
      }
    }
  }

  @Test
  void clientWithoutTheCertificateThatTheServerWantsIsTheOperatorsConcern() throws Exception {
    try (var server = new FaultServer(localhost.listenTo(localhost), json("[{}]"))) {
      localhost.whileTrusted(
          () -> assertRefused(server, localhost(server), "client_certificate", "client_key"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ca_certificate, no PEM, ca_certificate",
    "client_certificate, whatever, client_key",
    "client_key, canary, client_certificate"
  })
  void certificatesThatCannotBeUsedAreRefusedAtOnce(String option, String value, String words) {
    var builder = new ClientInvocation().with(option, value).client(URI.create("https://h"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("canary");
  }

  @Test
  void keyThatIsNoneIsRefusedAtOnce() throws Exception {
    var builder =
        new ClientInvocation()
            .with("client_certificate", localhost.certificate())
            .with("client_key", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----")
            .client(URI.create("https://h"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("PKCS #8")
        .hasMessageNotContaining("canary");
  }

  @Test
  void certificateThatNobodyVouchesForIsTheOperatorsConcern() throws Exception {
    try (var server = new FaultServer(localhost.listen(), json("[{}]"))) {
      assertRefused(
          server, localhost(server), "certificate is not trusted", "javax.net.ssl.trustStore");
    }
  }

  @Test
  void certificateOfAnotherNameIsTheOperatorsConcern() throws Exception {
    try (var server = new FaultServer(localhost.listen(), json("[{}]"))) {
      localhost.whileTrusted(
          () ->
              assertRefused(server, server.url(), "certificate is not trusted", "correct the URL"));
    }
  }

  @Test
  void certificateWhoseTimeIsOverIsTheOperatorsConcern() {
    var handshake = new SSLHandshakeException("validity check failed");
    handshake.initCause(new CertificateExpiredException("NotAfter: yesterday"));

    var failure = LastingFailure.of("GET https://h", handshake, new Secrets()).orElseThrow();

    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure).hasMessageContaining("NotAfter: yesterday");
  }

  @Test
  void serverThatDoesNotSpeakTlsIsTheOperatorsConcern() {
    // it takes the greeting for a request that does not end
    try (var server = new FaultServer(json("[{}]"))) {
      server.greeting("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      assertRefused(server, localhost(server), "does not speak TLS", "port");
    }
  }

  @Test
  void handshakeThatBreaksOffMayPass() throws Exception {
    try (var server = new FaultServer()) {
      server.greeting("");
      var invocation = new ClientInvocation();
      try (var client = invocation.client(localhost(server)).build()) {
        assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(invocation.sent()).isEqualTo(3);
      }
    }
  }

  @Test
  void bodyThatIsCutUnderTlsIsNoticed() throws Exception {
    try (var server =
        new FaultServer(
            localhost.listen(),
            rawThenEnd("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{}]"),
            rawThenEnd("HTTP/1.1 200 OK\r\n\r\n[{},{"),
            json("[{}]"))) {
      localhost.whileTrusted(
          () -> {
            try (var client = new ClientInvocation().client(localhost(server)).build()) {
              assertThat(Failing.items(client)).hasSize(1);
              assertThat(server.received()).hasSize(3);
            }
          });
    }
  }

  @Test
  void nothingLeadsFromHttpsToHttp() throws Exception {
    try (var plain = new FaultServer(json("[]"))) {
      String elsewhere = "http://localhost:" + plain.port() + "/items";
      var listing = Failing.ITEMS.paginated(Pagination.linkHeader());
      try (var server =
          new FaultServer(
              localhost.listen(),
              status(302, "", "Location: " + elsewhere),
              json("[]", "Link: <" + elsewhere + ">; rel=next"))) {
        localhost.whileTrusted(
            () -> {
              try (var client =
                  new ClientInvocation()
                      .client(localhost(server))
                      .auth(Auth.bearer("canary"))
                      .build()) {
                var redirected = Failing.failure(client, listing);
                var linked = Failing.failure(client, listing);

                assertThat(List.of(redirected.kind(), linked.kind()))
                    .containsExactly(Kind.CONFIGURATION, Kind.PROTOCOL);
                assertThat(server.received()).hasSize(2);
                assertThat(plain.connections()).isZero();
              }
            });
      }
    }
  }
}
