package dev.sluice.rest.page;

import dev.sluice.rest.http.Answer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a source knows a page again: the answer to a GET for {@code url}, as it was.
 *
 * @param url the whole URL, without credentials
 * @param tag the {@code ETag}, weak or strong, as the source sent it
 * @param elements how many there were on the page, records or not
 */
public record PageTag(String url, String tag, int elements) {

  /** What can be sent back as it is; nobody needs longer ones. */
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

  public static Optional<PageTag> of(String url, Answer answer, int elements) {
    return answer.status() == 200
        ? answer
            .header("etag")
            .filter(tag -> SENDABLE.matcher(tag).matches())
            .map(tag -> new PageTag(url, tag, elements))
        : Optional.empty();
  }

  /** What it takes in an offset, about. */
  public int characters() {
    return url.length() + tag.length() + 40;
  }
}
