package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment of a real process names the proxy. */
@Tag("process")
class ProxyVariablesTest {
  @TempDir Path folder;

  @Test
  void sourceIsReachedThroughTheProxyOfTheEnvironment() throws Exception {
    try (var proxy = new FaultServer(FaultServer.status(407, "who are you?"))) {
      var process = sync("http://127.0.0.1:" + proxy.url().getPort());

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      assertThat(proxy.received())
          .extracting(request -> request.method() + " " + request.target())
          .containsExactly("CONNECT source.invalid:443");
      assertThat(process.exitValue()).isEqualTo(2);
      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
          .contains("the proxy refused the connection with status 407");
    }
  }

  private Process sync(String proxy) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("acme.yaml"),
            """
            name: acme
            connector: github
            connection: { token: "${env:TOKEN}", base_url: "https://source.invalid" }
            destination: { uri: "file:%s", compression: none }
            tables:
              - table: issues
                options: { owner: o, repo: r }
            """
                .formatted(folder.resolve("lake")));
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                LettersProcess.class.getName(),
                "sync",
                "--output",
                "json",
                "-p",
                file.toString()));
    builder.environment().put("HTTPS_PROXY", proxy);
    builder.environment().put("NO_PROXY", "localhost");
    builder.environment().remove("no_proxy");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
