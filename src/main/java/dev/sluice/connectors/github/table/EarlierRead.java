package dev.sluice.connectors.github.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier release has delivered of a history, which it read by time. It could not see a
 * commit that is younger than one that builds on it.
 *
 * @param until where it stopped; an instant
 * @param oldest the oldest date among the commits that the walk has met; an instant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EarlierRead(String until, @Nullable String oldest) {

  boolean lacks(SourceRecord commit) {
    Instant date = Commits.date(commit);
    return !date.isBefore(Instant.parse(until))
        || (oldest != null && date.isAfter(Instant.parse(oldest)));
  }

  EarlierRead with(SourceRecord commit) {
    Instant date = Commits.date(commit);
    boolean isOlder = oldest == null || date.isBefore(Instant.parse(oldest));
    return isOlder ? new EarlierRead(until, date.toString()) : this;
  }
}
