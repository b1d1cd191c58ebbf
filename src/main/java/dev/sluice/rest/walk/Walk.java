package dev.sluice.rest.walk;

import java.util.List;
import java.util.Optional;

/**
 * One way through a list, page by page, that loses no record while the list changes. A page number
 * means another place as soon as a record before it moves or disappears.
 */
public interface Walk {

  /** Returns the rows of the next page that this walk did not give before; empty at the end. */
  Optional<List<Row>> next();
}
