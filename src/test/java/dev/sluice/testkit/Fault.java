package dev.sluice.testkit;

import java.util.Map;

/** How a source answers wrongly. */
public sealed interface Fault {

  /** This answer, whatever was asked. */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {
    public Answer {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return status + (headers.isEmpty() ? "" : " " + headers);
    }
  }

  /** The right answer, spoilt on its way. */
  enum Spoilt implements Fault {
    /** Cut in the middle, with a {@code Content-Length} that promises the whole. */
    TRUNCATED,
    /** Cut in the middle of a chunked body. */
    TRUNCATED_CHUNKS,
    /** The first page with its link to the second, whichever page was asked for. */
    FIRST_PAGE_AGAIN,
    /** With null in place of the last element of its longest array. */
    NULL_ELEMENT,
    /** Without its link to the next page. */
    WITHOUT_NEXT
  }
}
