package dev.sluice.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Offers the JDK's connections as a client of the SDK, without two of their traps.
 *
 * <p>The SDK repeats a request after a checked exception only. A connection that ends too early
 * throws unchecked ones as well, and the SDK would not repeat the request. So they are turned into
 * checked ones.
 *
 * <p>A response that arrives together with {@code 100 Continue} is lost, and the client waits for
 * it until it times out. So no request asks whether to continue, which saves a round trip for each
 * write.
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

  /** Removes the header, which is not part of what is signed. */
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
