package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.VertxException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jboss.resteasy.reactive.client.impl.PreservesThreadClientResponseFilter;

/**
 * The connections to one origin: sends a request once and waits for the whole answer, within a time
 * limit that covers its last byte. May be used from any thread.
 */
public final class HttpTransport implements AutoCloseable {
  private static final int ERROR_BYTES = 64 << 10;
  private static final int SMALLEST = 8 << 10;
  private static final int LARGEST_GUESS = 4 << 20;

  /** As much as the connection reads at once; each chunk is handed from its thread to ours. */
  private static final int CHUNK = 64 << 10;

  private final ConnectorContext context;
  private final Origin origin;
  private final Duration timeout;
  private final int maxBytes;
  private final Secrets secrets;
  private final Guard guard;
  private final HttpEndpoint endpoint;
  private volatile int guess = SMALLEST;
  private volatile boolean isAllowed;

  /**
   * Opens no connection yet.
   *
   * @param headers asked for every request
   */
  HttpTransport(
      ConnectorContext context,
      Origin origin,
      Duration timeout,
      int maxBytes,
      Secrets secrets,
      Supplier<Map<String, String>> headers) {
    this.context = context;
    this.origin = origin;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.secrets = secrets;
    this.guard = limit(timeout);
    this.endpoint =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create(origin.toString()))
            .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .followRedirects(false)
            .disableDefaultMapper(true)
            .enableCompression(true)
            .userAgent("sluice")
            .property(QuarkusRestClientProperties.MAX_CHUNK_SIZE, CHUNK)
            .register(new Headers(origin, headers))
            .register(new Abortable())
            .build(HttpEndpoint.class);
  }

  public Answer get(String url, String shownUrl) throws RetryableFailure {
    return send("GET", shownUrl, () -> endpoint.get(url));
  }

  /** As {@link #get}, with the tag of an answer that need not be sent again. */
  Answer getUnless(String tag, String url, String shownUrl) throws RetryableFailure {
    return send("GET", shownUrl, () -> endpoint.getUnless(url, tag));
  }

  public Answer postJson(String url, String shownUrl, String body) throws RetryableFailure {
    return send("POST", shownUrl, () -> endpoint.postJson(url, body));
  }

  public Answer postForm(String url, String body) throws RetryableFailure {
    return send("POST", url, () -> endpoint.postForm(url, body));
  }

  private Answer send(String method, String url, Supplier<Response> request)
      throws RetryableFailure {
    Duration left = context.deadline().remaining();
    if (left.isZero()) {
      throw ConnectorException.transientFailure("No time is left for a request to the source");
    }
    boolean whole = timeout.compareTo(left) <= 0;
    context.listener().requestSent();
    try {
      return (whole ? guard : limit(left)).call(() -> exchange(url, request), Answer.class);
    } catch (ConnectorException e) {
      throw e.at(place(method, url));
    } catch (CutBody e) {
      throw RetryableFailure.unreadable(place(method, url) + ": " + e.getMessage());
    } catch (Exception e) {
      if (isInterrupt(e)) {
        throw Retries.interrupted();
      }
      if (isTimeout(e)) {
        throw RetryableFailure.io(
            "%s: no complete answer within %s"
                .formatted(
                    place(method, url), whole ? timeout : left.truncatedTo(ChronoUnit.MILLIS)),
            null);
      }
      var lasting = TlsFailure.lasting(place(method, url), e, secrets);
      if (lasting.isPresent()) {
        throw lasting.get();
      }
      throw broken(place(method, url), e);
    }
  }

  /** Ours, or that of the connection, which may notice first. */
  private static boolean isTimeout(Exception e) {
    return e instanceof TimeoutException
        || innermost(e) instanceof java.util.concurrent.TimeoutException;
  }

  /** The connection's own words; those of a parser may quote what the source has sent. */
  private RetryableFailure broken(String place, Exception e) {
    Throwable cause = innermost(e);
    boolean speaks = cause instanceof IOException || cause instanceof VertxException;
    String message = speaks ? cause.getMessage() : null;
    String what = message == null ? cause.getClass().getSimpleName() : secrets.excerpt(message);
    return RetryableFailure.io(place + ": " + what, speaks && secrets.allows(e) ? e : null);
  }

  public String place(String method, String url) {
    return secrets.mask(method + " " + url);
  }

  private static Guard limit(Duration time) {
    return Guard.create()
        .withTimeout()
        .duration(Math.max(1, time.toMillis()), ChronoUnit.MILLIS)
        .done()
        .build();
  }

  private static boolean isInterrupt(Exception e) {
    return e instanceof InterruptedException
        || e instanceof InterruptedIOException
        || (e instanceof ProcessingException && e.getCause() instanceof InterruptedException);
  }

  private static Throwable innermost(Throwable error) {
    Throwable cause = error;
    for (int i = 0; i < 20 && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }

  private Answer exchange(String url, Supplier<Response> request)
      throws IOException, InterruptedException {
    if (!isAllowed) {
      Addresses.requireAllowedBehind(origin.host());
      isAllowed = true;
    }
    try (Response response = request.get();
        InputStream body = response.readEntity(InputStream.class)) {
      int limit = response.getStatus() / 100 == 2 ? maxBytes + 1 : ERROR_BYTES;
      boolean complete = false;
      try {
        var answer = read(url, response, body, limit);
        complete = answer.length() < limit;
        if (answer.length() > maxBytes) {
          throw ConnectorException.protocol(
              "the response is larger than %,d bytes; ask for smaller pages, or give this process more memory"
                  .formatted(maxBytes));
        }
        return answer;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw response.getStatus() / 100 == 2 && !isTimeout(e) ? new CutBody(e) : e;
      } finally {
        if (!complete && body instanceof Body open) {
          open.abort();
        }
      }
    }
  }

  /** Reads to the end, or to the limit: the text of an error need not be whole. */
  private Answer read(String url, Response response, InputStream body, int limit)
      throws IOException {
    byte[] bytes = new byte[Math.min(limit, expected(response))];
    int length = 0;
    while (true) {
      if (Thread.interrupted()) {
        // a body that never lets us wait would not notice it
        throw new InterruptedIOException();
      }
      if (length == bytes.length) {
        int next = length == limit ? -1 : body.read();
        if (next < 0) {
          break;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * length));
        bytes[length++] = (byte) next;
      }
      int count = body.read(bytes, length, bytes.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    guess = Math.clamp(length + length / 4, SMALLEST, LARGEST_GUESS);
    return new Answer(url, response.getStatus(), response.getStringHeaders(), bytes, length);
  }

  /** The length that is announced, as far as it can be believed, else that of the page before. */
  private int expected(Response response) {
    String announced = response.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return announced != null && announced.matches("[1-9][0-9]{0,8}")
        ? Math.min(Integer.parseInt(announced), LARGEST_GUESS)
        : guess;
  }

  @Override
  public void close() {
    try {
      endpoint.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection that was closed in the middle of a good answer. */
  private static final class CutBody extends IOException {
    CutBody(IOException cause) {
      super("the body ends before its time", cause);
    }
  }

  /** Puts the headers on every request, and sees to it that none goes elsewhere. */
  private record Headers(Origin origin, Supplier<Map<String, String>> headers)
      implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
      if (!Origin.of(request.getUri()).equals(origin)) {
        throw new IllegalStateException("A request to another origin than " + origin);
      }
      headers.get().forEach(request.getHeaders()::putSingle);
    }
  }

  /**
   * Makes it possible to end a response that will not end by itself. It waits for nothing, so it
   * stays on the connection's thread.
   */
  private static final class Abortable implements PreservesThreadClientResponseFilter {

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      InputStream body = response.getEntityStream();
      if (body != null) {
        response.setEntityStream(new Body(body, request));
      }
    }
  }
}
