package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.spi.ConnectorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy on 127.0.0.1 before sources that nobody reaches without it. */
class ProxyTest {
  @TempDir Path folder;

  private static ClientInvocation through(FaultServer proxy) {
    return new ClientInvocation().with("proxy", "http://me:canary@127.0.0.1:" + proxy.port());
  }

  @Test
  void plainRequestIsGivenToTheProxy() {
    try (var proxy = new FaultServer(json("[{}]"));
        var client = through(proxy).client(URI.create("http://127.0.0.1:1/v1")).build()) {
      assertThat(Failing.items(client)).hasSize(1);
      assertThat(proxy.targets()).containsExactly("http://127.0.0.1:1/v1/items");
      assertThat(proxy.received().getFirst().header("proxy-authorization")).startsWith("Basic ");
    }
  }

  @Test
  void tunnelLeadsToTheSource() throws Exception {
    var localhost = Certificates.create(folder, "dns:localhost");
    try (var server = new FaultServer(localhost.listen(), json("[{}]"));
        var proxy = new FaultServer((request, connection) -> tunnel(connection, server.port()))) {
      var invocation = through(proxy).with("ca_certificate", localhost.certificate());
      try (var client = invocation.client(URI.create("https://localhost:9")).build()) {
        assertThat(Failing.items(client)).hasSize(1);
        assertThat(proxy.received().getFirst().method()).isEqualTo("CONNECT");
        assertThat(proxy.targets()).containsExactly("localhost:9");
      }
    }
  }

  private static void tunnel(Socket client, int port) throws IOException {
    var server = new Socket(InetAddress.getLoopbackAddress(), port);
    client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(UTF_8));
    Thread.ofVirtual().start(() -> copy(server, client));
    copy(client, server);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // one of them has gone
    }
  }

  @Test
  void proxyThatNobodyKnowsIsTheOperatorsConcern() {
    var invocation = new ClientInvocation().with("proxy", "http://no-such-proxy.invalid:3128");
    try (var client = invocation.client(URI.create("https://source.invalid")).build()) {
      var failure = Failing.failure(client);

      assumeThat(failure).hasMessageNotContaining("Temporary failure"); // without a name server
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("'no-such-proxy.invalid'");
      assertThat(invocation.sent()).isEqualTo(1);
    }
  }

  @Test
  void refusalOfTheProxyIsTheOperatorsConcern() {
    try (var proxy = new FaultServer(status(407, "who are you?"))) {
      for (String url : new String[] {"https://source.invalid", "http://127.0.0.1:1"}) {
        var invocation = through(proxy);
        try (var client = invocation.client(URI.create(url)).build()) {
          var failure = Failing.failure(client);

          assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.CONFIGURATION);
          assertThat(failure).hasMessageContaining("407").hasMessageNotContaining("canary");
          assertThat(invocation.sent()).isEqualTo(1);
        }
      }
    }
  }
}
