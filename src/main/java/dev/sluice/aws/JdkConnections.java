package dev.sluice.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The JDK's connections as a client of the SDK, without two of their traps.
 *
 * <p>The SDK repeats a request after a checked exception only. Of a connection that ends too early
 * there come unchecked ones as well, which would pass through it.
 *
 * <p>An answer that arrives together with {@code 100 Continue} is lost, and waited for until time
 * is out. So nobody asks whether to continue, which saves a round trip a write.
 */
record JdkConnections(SdkHttpClient client) implements SdkHttpClient {
  private static final String EXPECT = "Expect";

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(unconditional(request));
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  /** The header is not part of what is signed. */
  private static HttpExecuteRequest unconditional(HttpExecuteRequest request) {
    var changed =
        HttpExecuteRequest.builder()
            .request(request.httpRequest().toBuilder().removeHeader(EXPECT).build());
    request.contentStreamProvider().ifPresent(changed::contentStreamProvider);
    request.metricCollector().ifPresent(changed::metricCollector);
    return changed.build();
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
