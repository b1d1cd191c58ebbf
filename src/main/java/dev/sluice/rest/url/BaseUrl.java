package dev.sluice.rest.url;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The URL that all of a source's resources lie below. Credentials go to its origin alone.
 *
 * <p>A source behind a proxy may not know how it is reached: it links to another scheme, host or
 * port. Such a link is asked at our origin when its path lies below ours. Where ours has no path,
 * that would say nothing, and the link leads away.
 */
public final class BaseUrl {
  private final URI url;
  private final Origin origin;

  private BaseUrl(URI url) {
    this.url = url;
    this.origin = Origin.configured(url);
  }

  /** Returns a base URL that credentials may be sent to; refuses any other. */
  public static BaseUrl configured(URI url) {
    return new BaseUrl(url);
  }

  public Origin origin() {
    return origin;
  }

  /**
   * Returns an absolute URL of the source at our origin; empty when it leads away.
   *
   * @throws IllegalArgumentException when it is no URL
   */
  public Optional<String> own(String absolute) {
    URI target = URI.create(absolute);
    if (Origin.of(target).equals(origin)) {
      return Optional.of(absolute);
    }
    if (target.getHost() == null || target.getRawUserInfo() != null || !isBelow(target)) {
      return Optional.empty();
    }
    return Optional.of(here(target));
  }

  /**
   * Returns a URL that was saved when the source was at this or another base URL, as a request has
   * it now: relative to this one where it lies below, else at our origin.
   *
   * @throws IllegalArgumentException when it is no URL
   */
  public String rebased(String absolute) {
    String here = here(URI.create(absolute));
    String root = url.toString().replaceFirst("/+$", "");
    String rest = here.startsWith(root) ? here.substring(root.length()) : here;
    boolean isBelow = rest.startsWith("?") || rest.matches("/(?!/|https?://).+");
    // a link to the base itself with a slash keeps it: that is another place for some servers
    return isBelow ? rest.replaceFirst("^/(?!\\?)", "") : here;
  }

  private String here(URI target) {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return url.getScheme() + "://" + url.getRawAuthority() + target.getRawPath() + query;
  }

  private boolean isBelow(URI target) {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    String path = target.normalize().getRawPath();
    String root = url.getRawPath().replaceFirst("/+$", "");
    return (scheme.equals("https") || scheme.equals("http"))
        && !root.isEmpty()
        && (path.equals(root) || path.startsWith(root + "/"));
  }
}
