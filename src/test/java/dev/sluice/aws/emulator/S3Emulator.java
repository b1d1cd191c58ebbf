package dev.sluice.aws.emulator;

import dev.sluice.aws.AwsClients;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 in memory, with one bucket; its create-if-absent is atomic. */
public final class S3Emulator implements AutoCloseable {
  public static final String BUCKET = "lake";

  private final S3Proxy server;
  private final S3Client client;

  private S3Emulator(S3Proxy server) {
    this.server = server;
    this.client = new AwsClients(variables()).s3();
  }

  public static S3Emulator start() throws Exception {
    var server =
        S3Proxy.builder()
            .blobStore(BlobStores.create("transient-nio2", new Properties()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, Emulated.ACCESS_KEY, Emulated.SECRET_KEY)
            .build();
    server.start();
    var emulator = new S3Emulator(server);
    emulator.client.createBucket(request -> request.bucket(BUCKET));
    return emulator;
  }

  /** The environment of a process that uses it. */
  public Map<String, String> variables() {
    var variables = new HashMap<>(Emulated.variables());
    variables.put("AWS_ENDPOINT_URL_S3", endpoint().toString());
    return variables;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  public S3Client client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The emulator did not stop", e);
    }
  }
}
