package dev.sluice.rest.walk;

import java.util.List;
import java.util.Optional;

/**
 * One way through a listing, page by page, on which no record is lost although the list changes
 * under the reader: a page number means another place as soon as a record before it moves or goes.
 */
public interface Walk {

  /** The rows of the next page that this walk did not give before; empty at the end. */
  Optional<List<Row>> next();
}
