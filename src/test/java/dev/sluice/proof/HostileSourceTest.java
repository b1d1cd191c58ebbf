package dev.sluice.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that mean harm, against the packaged program. */
@Tag("proof")
@Tag("process")
class HostileSourceTest {
  private static final int GIGABYTE = 1 << 30;

  @TempDir Path folder;

  private Sluice sluice(String... jvm) {
    return new Sluice(
        folder, Map.of("PASSWORD", "s3cr3t-canary", "JAVA_TOOL_OPTIONS", String.join(" ", jvm)));
  }

  private void pipeline(URI url) throws IOException {
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: hostile
        connector: example
        connection:
          base_url: %s
          username: somebody
          password: ${env:PASSWORD}
          retry_pause_millis: 1
        destination:
          uri: file:./lake
        tables:
          - table: users
          - table: products
        """
            .formatted(url));
  }

  /** A megabyte that becomes a gigabyte, for a process that has 128. */
  @Test
  void bombIsRefusedWithinTheMemoryThatThereIs() throws Exception {
    byte[] bomb = bomb();
    var requests = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, bomb.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bomb);
          }
        });
    server.start();
    try {
      pipeline(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
      var sluice = sluice("-Xmx128m");

      int status = sluice.run("sync", "-p", "pipeline.yaml");

      assertThat(status).as(sluice.errors()).isEqualTo(4);
      assertThat(sluice.output() + sluice.errors())
          .contains("larger than")
          .contains("ask for smaller pages")
          .doesNotContain("OutOfMemory")
          .doesNotContain("s3cr3t-canary");
      assertThat(requests).hasValueLessThanOrEqualTo(4);
    } finally {
      server.stop(0);
    }
  }

  private static byte[] bomb() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < GIGABYTE >> 20; i++) {
        gzip.write(blanks);
      }
    }
    return out.toByteArray();
  }

  /** Where names are looked up is said by a file, so that no network is needed. */
  @Test
  void nameThatLeadsToMetadataIsNotAsked() throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "169.254.169.254 metadata.example\nfd00:ec2::254 metadata6.example\n");
    for (String name : new String[] {"metadata.example", "metadata6.example"}) {
      pipeline(URI.create("https://" + name));
      var sluice = sluice("-Djdk.net.hosts.file=" + hosts);

      int status = sluice.run("sync", "-p", "pipeline.yaml");

      assertThat(status).as(sluice.errors()).isEqualTo(2);
      assertThat(sluice.output() + sluice.errors())
          .contains("'" + name + "' is at ")
          .contains("correct the URL")
          .doesNotContain("s3cr3t-canary");
    }
  }
}
