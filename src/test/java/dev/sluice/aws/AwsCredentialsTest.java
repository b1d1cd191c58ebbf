package dev.sluice.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.aws.emulator.Emulated;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The credentials that a command line finds where the AWS CLI finds them, in a process, as only
 * that has an environment of its own.
 */
@Tag("process")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class AwsCredentialsTest {
  private final Set<String> keys = new ConcurrentSkipListSet<>();
  private final Map<String, String> variables = new TreeMap<>();

  @TempDir Path home;
  private HttpServer aws;

  /** Makes one request to S3 with the credentials of its environment. */
  static final class Caller {
    private Caller() {}

    public static void main(String... arguments) {
      try {
        AwsServices.of(System.getenv()).objects("lake", "").list("");
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext("/", this::answer);
    aws.start();
    variables.put("HOME", home.toString());
    variables.put("AWS_REGION", Emulated.REGION.id());
    variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + aws.getAddress().getPort());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  @AfterEach
  void stop() {
    aws.stop(0);
  }

  /** Hands out a key whose name says for what, and remembers with which one S3 was asked. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String end = Instant.now().plusSeconds(3600).toString();
      if (body.contains("Action=AssumeRoleWithWebIdentity") && body.contains("web-token")) {
        send(exchange, 200, assumed("AssumeRoleWithWebIdentity", "WEBIDENTITY", end));
      } else if (body.contains("Action=AssumeRole") && body.contains("role%2Freader")) {
        send(exchange, 200, assumed("AssumeRole", "ROLE", end));
      } else if (exchange.getRequestURI().getPath().equals("/federation/credentials")) {
        long millis = Instant.parse(end).toEpochMilli();
        send(
            exchange,
            200,
            """
            {"roleCredentials": {"accessKeyId": "SSO", "secretAccessKey": "s", "sessionToken": "t",
             "expiration": %d}}
            """
                .formatted(millis));
      } else {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        keys.add(authorization.replaceFirst(".*Credential=([A-Z]+)/.*", "$1"));
        send(exchange, 403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
      }
    }
  }

  private static String assumed(String action, String key, String end) {
    return """
    <%1$sResponse><%1$sResult><Credentials><AccessKeyId>%2$s</AccessKeyId>
    <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>%3$s</Expiration>
    </Credentials></%1$sResult></%1$sResponse>
    """
        .formatted(action, key, end);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void profile(String text) throws IOException {
    Files.writeString(Files.createDirectories(home.resolve(".aws")).resolve("config"), text);
  }

  private String call() throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // the packaged program has no other client
    command.add(
        "-Dsoftware.amazon.awssdk.http.service.impl="
            + "software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Caller.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said + Files.readString(home.resolve("stderr"))).isZero();
    return said;
  }

  @Test
  void roleOfAProfileIsAssumed() throws Exception {
    profile(
        """
        [default]
        role_arn = arn:aws:iam::123456789012:role/reader
        source_profile = keys
        [profile keys]
        aws_access_key_id = KEYS
        aws_secret_access_key = s
        """);

    String said = call();

    assertThat(keys).as(said).containsExactly("ROLE");
  }

  @Test
  void webIdentityOfAContainerIsExchanged() throws Exception {
    variables.put(
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        Files.writeString(home.resolve("token"), "web-token").toString());
    variables.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/reader");

    String said = call();

    assertThat(keys).as(said).containsExactly("WEBIDENTITY");
  }

  @Test
  void profileOfASingleSignOnIsUsed() throws Exception {
    String start = "https://acme.awsapps.com/start";
    profile(
        """
        [default]
        sso_start_url = %s
        sso_region = us-east-1
        sso_account_id = 123456789012
        sso_role_name = reader
        """
            .formatted(start));
    String name =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(start.getBytes(UTF_8)));
    Files.writeString(
        Files.createDirectories(home.resolve(".aws/sso/cache")).resolve(name + ".json"),
        """
        {"startUrl": "%s", "region": "us-east-1", "accessToken": "token",
         "expiresAt": "2099-01-01T00:00:00Z"}
        """
            .formatted(start));

    String said = call();

    assertThat(keys).as(said).containsExactly("SSO");
  }

  @Test
  void whatWasTriedIsSaid() throws Exception {
    assertThat(call())
        .contains("there are no AWS credentials in what was tried")
        .contains("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_PROFILE")
        .contains("Correct the AWS credentials");
    assertThat(keys).isEmpty();
  }
}
