package dev.sluice.rest.http;

import dev.sluice.rest.connection.ConnectionSettings;
import dev.sluice.rest.connection.HeaderValues;
import dev.sluice.rest.connection.ProxyAddress;
import dev.sluice.rest.url.Addresses;
import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorException;
import io.vertx.core.VertxException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A transport that uses the Quarkus REST client, whether or not an application of Quarkus is
 * running.
 */
final class QuarkusTransport implements Transport {
  private static final int ERROR_BYTES = 64 << 10;

  private final Origin origin;
  private final Duration timeout;
  private final int maxBytes;
  private final Secrets secrets;
  private final String connectedHost;
  private final Client client;
  private final BodyReader bodies = new BodyReader();
  private volatile boolean isAllowed;

  /** Creates a transport; opens no connection yet. */
  QuarkusTransport(
      Origin origin, Duration timeout, int maxBytes, ConnectionSettings settings, Secrets secrets) {
    this.origin = origin;
    var proxy = settings.proxy(origin);
    proxy.flatMap(ProxyAddress::password).ifPresent(secrets::add);
    this.connectedHost = proxy.map(ProxyAddress::host).orElse(origin.host());
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.secrets = secrets;
    this.client = QuarkusClients.open(origin, timeout, settings);
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    URI target = URI.create(call.target());
    if (!Origin.of(target).equals(origin)) {
      throw new IllegalStateException("A request to another origin than " + origin);
    }
    String place = secrets.mask(call.place());
    try {
      if (!isAllowed) {
        Addresses.requireAllowedBehind(connectedHost); // a proxy looks the source up itself
        isAllowed = true;
      }
      try (Response response = request(call, target)) {
        return answer(call, response);
      }
    } catch (ConnectorException e) {
      throw e.at(place);
    } catch (TruncatedBody e) {
      throw RetryableFailure.unreadable(place + ": " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw failure(call, place, e);
    }
  }

  /**
   * Requests the response as a type, since its body would otherwise be buffered before we may read
   * it.
   */
  private Response request(Call call, URI target) {
    Invocation.Builder request =
        client
            .target(origin.toString())
            .request()
            .property(QuarkusClients.URL, target)
            .header("Accept-Encoding", BodyReader.ENCODING);
    call.headers()
        .forEach((name, value) -> request.header(name, HeaderValues.requireSendable(name, value)));
    return call.content()
        .map(
            content ->
                request.method(
                    call.method().name(),
                    Entity.entity(
                        content.text().getBytes(StandardCharsets.UTF_8),
                        MediaType.valueOf(content.type())),
                    Response.class))
        .orElseGet(() -> request.method(call.method().name(), Response.class));
  }

  private Answer answer(Call call, Response response) throws IOException {
    boolean isGood = response.getStatus() / 100 == 2;
    int limit = isGood ? maxBytes + 1 : ERROR_BYTES;
    boolean complete = false;
    try (InputStream body = response.readEntity(InputStream.class)) {
      try {
        var read =
            bodies.read(
                body,
                response.getHeaderString("content-encoding"),
                response.getHeaderString("content-length"),
                limit);
        complete = read.length() < limit;
        if (read.length() > maxBytes) {
          throw ConnectorException.protocol(
              "the response is larger than %,d bytes; ask for smaller pages, or give this process more memory"
                  .formatted(maxBytes));
        }
        return new Answer(
            call.method(),
            call.url(),
            response.getStatus(),
            response.getStringHeaders(),
            read.array(),
            read.length());
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw isGood && !isTimeout(e) ? new TruncatedBody(e) : e;
      } finally {
        if (!complete && body instanceof Body open) {
          open.abort();
        }
      }
    }
  }

  private RetryableFailure failure(Call call, String place, Exception e)
      throws InterruptedException {
    if (isInterrupt(e)) {
      throw new InterruptedException();
    }
    if (isTimeout(e)) {
      return TimeLimited.late(secrets, call, timeout);
    }
    var lasting = LastingFailure.of(place, e, secrets);
    if (lasting.isPresent()) {
      throw lasting.get();
    }
    return broken(place, e);
  }

  /**
   * Returns a failure with the connection's own message, but not a parser's, which may quote what
   * the source has sent.
   */
  private RetryableFailure broken(String place, Exception e) {
    Throwable cause = innermost(e);
    boolean speaks = cause instanceof IOException || cause instanceof VertxException;
    String message = speaks ? cause.getMessage() : null;
    String what = message == null ? "the connection failed" : secrets.excerpt(message);
    return RetryableFailure.io(place + ": " + what, speaks && secrets.allows(e) ? e : null);
  }

  private static boolean isInterrupt(Exception e) {
    return e instanceof InterruptedIOException
        || (e instanceof ProcessingException && e.getCause() instanceof InterruptedException);
  }

  /**
   * Decides whether the failure is a timeout. The connection may notice the limit before {@link
   * TimeLimited} does.
   */
  private static boolean isTimeout(Exception e) {
    return innermost(e) instanceof TimeoutException;
  }

  private static Throwable innermost(Throwable error) {
    Throwable cause = error;
    for (int i = 0; i < 20 && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void close() {
    client.close();
  }

  /** The failure of a connection that was closed in the middle of a successful response. */
  private static final class TruncatedBody extends IOException {
    TruncatedBody(IOException cause) {
      super("the response body is truncated", cause);
    }
  }
}
