package dev.sluice.rest.page;

import dev.sluice.rest.http.Answer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ETag of a page, for a conditional request to {@code url}.
 *
 * @param url the whole URL, without credentials
 * @param tag the {@code ETag}, weak or strong, as the source sent it
 * @param elements the number of elements on the page, records or not
 */
public record PageTag(String url, String tag, int elements) {

  /** Tags that can be sent back unchanged; longer ones are not needed. */
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

  public static Optional<PageTag> of(String url, Answer answer, int elements) {
    return answer.status() == 200
        ? answer
            .header("etag")
            .filter(tag -> SENDABLE.matcher(tag).matches())
            .map(tag -> new PageTag(url, tag, elements))
        : Optional.empty();
  }

  /** Returns about how many characters it takes in an offset. */
  public int characters() {
    return url.length() + tag.length() + 40;
  }
}
