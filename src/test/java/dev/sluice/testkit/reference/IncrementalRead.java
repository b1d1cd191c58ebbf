package dev.sluice.testkit.reference;

import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One read of what is new. Every page is asked for by the cursor of the last record, not by number,
 * so that nothing slips through when records move; only among equal cursor values pages are
 * counted, and then read again until nothing new shows up.
 */
final class IncrementalRead {
  private static final Duration FUTURE_TOLERANCE = Duration.ofHours(24);

  private final ReferenceClient client;
  private final String path;
  private final Instant startedAt;
  private final Duration lookback;
  private final Bug bug;
  private final Map<Instant, TreeSet<String>> seen = new TreeMap<>();
  private Optional<Instant> cursor = Optional.empty();

  IncrementalRead(
      ReferenceClient client, String path, Instant startedAt, Duration lookback, Bug bug) {
    this.client = client;
    this.path = path;
    this.startedAt = startedAt;
    this.lookback = lookback;
    this.bug = bug;
  }

  Offset read(Offset start, RecordEmitter out) {
    start.as(ReferenceOffset.class).ifPresent(this::restore);
    if (cursor.filter(c -> !c.isBefore(startedAt)).isPresent()) {
      return start;
    }
    Optional<Instant> before = cursor;
    boolean news = readPages(out);
    if (bug == Bug.RUN_TIME_AS_CURSOR && out.wantsMore()) {
      return Offset.of(new ReferenceOffset(startedAt.toString(), Map.of()));
    }
    if (bug == Bug.WINDOW_AT_OUR_CLOCK && news && out.wantsMore()) {
      Instant end = startedAt.minus(Duration.ofMinutes(1));
      return Offset.of(new ReferenceOffset(end.toString(), Map.of()));
    }
    boolean moved = !before.equals(cursor);
    return news && (moved || bug != Bug.LATE_RECORD_DROPPED) ? position() : start;
  }

  private void restore(ReferenceOffset position) {
    cursor = Optional.of(position.cursor()).filter(c -> !c.isEmpty()).map(Instant::parse);
    if (bug != Bug.CUT_INSIDE_TIES) {
      position.seen().forEach((at, marks) -> seen.put(Instant.parse(at), new TreeSet<>(marks)));
    }
  }

  /** Whether anything new was emitted. */
  private boolean readPages(RecordEmitter out) {
    Optional<Instant> from = cursor.map(c -> c.minus(lookback));
    int page = 1;
    boolean news = false;
    boolean newsAmongTies = false;
    while (true) {
      ReferenceClient.Page read = client.page(path, from.map(this::bound), page);
      for (SourceRecord record : read.records()) {
        if (isNew(record)) {
          if (bug == Bug.MARK_AHEAD) {
            out.mark(position());
          }
          out.emit(record);
          news = true;
          newsAmongTies = true;
          if (!out.wantsMore()) {
            return true;
          }
        }
      }
      if (news) {
        out.mark(position());
      }
      boolean countsPages = bug == Bug.PAGE_SHIFT_IGNORED || bug == Bug.LOST_PAGE;
      if (read.next().isEmpty() || (bug == Bug.LOST_PAGE && read.next().get() == 3)) {
        if (page == 1 || !newsAmongTies || countsPages) {
          return news;
        }
      }
      Optional<Instant> last = read.last();
      boolean leavesTies = read.next().isEmpty() || !last.equals(from);
      if (countsPages || !leavesTies) {
        page = read.next().orElseThrow();
      } else {
        if (page == 1 || !newsAmongTies) {
          if (last.filter(this::isReached).isPresent()) {
            return news;
          }
          from = last;
        }
        page = 1;
        newsAmongTies = false;
      }
    }
  }

  private Instant bound(Instant from) {
    return bug == Bug.EXCLUSIVE_LOWER_BOUND ? from.plusSeconds(1) : from;
  }

  /** No chase after what is written meanwhile. */
  private boolean isReached(Instant last) {
    return !last.isBefore(startedAt) && isSane(last);
  }

  private boolean isSane(Instant value) {
    return bug == Bug.FAR_FUTURE_BELIEVED || !value.isAfter(startedAt.plus(FUTURE_TOLERANCE));
  }

  private boolean isNew(SourceRecord record) {
    Instant value = ReferenceClient.cursor(record);
    if (!seen.computeIfAbsent(value, at -> new TreeSet<>()).add(mark(record))) {
      return false;
    }
    if (isSane(value)) {
      cursor = Optional.of(cursor.filter(c -> c.isAfter(value)).orElse(value));
      if (bug == Bug.CURSOR_CLIPPED_TO_START) {
        cursor = cursor.map(c -> c.isAfter(startedAt) ? startedAt : c);
      }
    }
    return true;
  }

  private Offset position() {
    Map<String, List<String>> kept = new TreeMap<>();
    seen.forEach(
        (at, marks) -> {
          if (isRemembered(at)) {
            kept.put(at.toString(), List.copyOf(marks));
          }
        });
    Optional<Instant> saved =
        bug == Bug.LOOKBACK_STORED ? cursor.map(c -> c.minus(lookback)) : cursor;
    return Offset.of(
        new ReferenceOffset(
            saved.map(Instant::toString).orElse(""), bug == Bug.LOOKBACK_STORED ? Map.of() : kept));
  }

  private boolean isRemembered(Instant at) {
    boolean behind = cursor.filter(c -> at.isBefore(c.minus(lookback))).isPresent();
    boolean ahead = cursor.filter(at::isAfter).isPresent();
    return !behind && !(ahead && bug == Bug.CURSOR_CLIPPED_TO_START);
  }

  /** Sixty-four bits of the whole record: another version is another record. */
  private String mark(SourceRecord record) {
    if (bug == Bug.OFFSET_WITHOUT_BOUND) {
      return record.json();
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(record.json().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
