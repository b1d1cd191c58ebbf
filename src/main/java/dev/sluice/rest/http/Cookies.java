package dev.sluice.rest.http;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Sends back the cookies that the source has set, as long as the client lives. With them, a load
 * balancer keeps sending us to the node that knows our search.
 */
public final class Cookies implements Exchange {
  private static final int MOST = 50;

  private final CookieManager cookies =
      new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
  private final Exchange next;

  public Cookies(Exchange next) {
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    URI url = URI.create(call.url());
    Answer answer = next.send(with(call, url));
    var set = answer.headers("set-cookie");
    if (!set.isEmpty()) {
      keep(url, Map.of("Set-Cookie", set));
    }
    return answer;
  }

  private Call with(Call call, URI url) {
    try {
      String sent = String.join("; ", cookies.get(url, Map.of()).getOrDefault("Cookie", List.of()));
      return sent.isEmpty() ? call : call.with(Map.of("Cookie", sent));
    } catch (IOException e) {
      return call; // without those that cannot be read
    }
  }

  private void keep(URI url, Map<String, List<String>> headers) {
    try {
      cookies.put(url, headers);
    } catch (IOException e) {
      return; // what cannot be read is not sent back
    }
    if (cookies.getCookieStore().getCookies().size() > MOST) {
      cookies.getCookieStore().removeAll();
    }
  }
}
