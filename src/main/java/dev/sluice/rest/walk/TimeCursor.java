package dev.sluice.rest.walk;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The timestamp that a table's offsets are built from: the field that holds it, what identifies a
 * record among others of the same timestamp, and how the source takes the bounds of a query.
 */
public final class TimeCursor {
  /** How much coarser than a timestamp a source's filter may be. */
  public static final Duration FILTER_PRECISION = Duration.ofSeconds(1);

  private final String field;
  private final List<String> identity;
  private final List<String> version;
  private final Optional<Bound> lower;
  private final Optional<Bound> upper;
  private final DateTimeFormatter format;
  private final Order order;
  private final Optional<String> remedy;

  /** The order in which the source lists records. */
  public enum Order {
    ASCENDING,
    UNSORTED
  }

  /**
   * A query parameter that limits the cursor.
   *
   * @param step added to the wanted value before it is sent, so that an exclusive bound includes it
   */
  private record Bound(String parameter, Duration step) {}

  private TimeCursor(
      String field,
      List<String> identity,
      Optional<Bound> lower,
      Optional<Bound> upper,
      DateTimeFormatter format,
      Order order,
      Optional<String> remedy) {
    this.field = field;
    this.identity = identity;
    this.version =
        identity.isEmpty() ? identity : Stream.concat(identity.stream(), Stream.of(field)).toList();
    this.lower = lower;
    this.upper = upper;
    this.format = format;
    this.order = order;
    this.remedy = remedy;
  }

  /** A cursor on a field, or on the field at the end of a dotted path. */
  public static TimeCursor on(String field) {
    return new TimeCursor(
        field,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        DateTimeFormatter.ISO_INSTANT,
        Order.ASCENDING,
        Optional.empty());
  }

  /** What tells records of the same timestamp apart; without it, their whole content does. */
  public TimeCursor identifiedBy(List<String> fields) {
    return new TimeCursor(field, List.copyOf(fields), lower, upper, format, order, remedy);
  }

  /** The source answers records whose cursor is at or after the parameter's value. */
  public TimeCursor since(String parameter) {
    var bound = Optional.of(new Bound(parameter, Duration.ZERO));
    return new TimeCursor(field, identity, bound, upper, format, order, remedy);
  }

  /**
   * The source answers records whose cursor is after the parameter's value.
   *
   * @param resolution the smallest step between two values of the source's cursor
   */
  public TimeCursor sinceExclusive(String parameter, Duration resolution) {
    var bound = Optional.of(new Bound(parameter, resolution.negated()));
    return new TimeCursor(field, identity, bound, upper, format, order, remedy);
  }

  /** The source answers records whose cursor is at or before the parameter's value. */
  public TimeCursor until(String parameter) {
    var bound = Optional.of(new Bound(parameter, Duration.ZERO));
    return new TimeCursor(field, identity, lower, bound, format, order, remedy);
  }

  /** How the source wants to see timestamps; ISO 8601 with a {@code Z} unless said otherwise. */
  public TimeCursor format(DateTimeFormatter format) {
    var zone = Optional.ofNullable(format.getZone()).orElse(ZoneOffset.UTC);
    return new TimeCursor(field, identity, lower, upper, format.withZone(zone), order, remedy);
  }

  /** How the source sorts; ascending unless said otherwise. */
  public TimeCursor sorted(Order order) {
    return new TimeCursor(field, identity, lower, upper, format, order, remedy);
  }

  /** Adds what to do when the source does not sort as declared; ends the error message. */
  public TimeCursor withSortRemedy(String remedy) {
    return new TimeCursor(field, identity, lower, upper, format, order, Optional.of(remedy));
  }

  /** Of the kind {@code PROTOCOL}: the source does not sort as was said. */
  ConnectorException unsorted(String message) {
    return ConnectorException.protocol(remedy.map(text -> message + ": " + text).orElse(message));
  }

  public Order order() {
    return order;
  }

  public String field() {
    return field;
  }

  /** Returns the fields that a fingerprint needs of every record. */
  public List<String> extractedFields() {
    return version.isEmpty() ? List.of(field) : version;
  }

  /** Whether a query can be limited to a window. */
  public boolean hasWindow() {
    return lower.isPresent() && upper.isPresent();
  }

  /** The same listing, from {@code from} on, which is included. */
  public Listing from(Listing listing, Instant from) {
    return lower.map(bound -> apply(listing, bound, from)).orElse(listing);
  }

  /** The same listing, up to {@code until}, which may be included. */
  public Listing until(Listing listing, Instant until) {
    return upper.map(bound -> apply(listing, bound, until)).orElse(listing);
  }

  private Listing apply(Listing listing, Bound bound, Instant value) {
    return listing.with(bound.parameter(), format.format(value.plus(bound.step())));
  }

  /**
   * The record's place in the order of the source.
   *
   * @throws ConnectorException of kind {@code PROTOCOL} when it has none
   */
  public Instant value(SourceRecord record) {
    String text =
        record
            .text(field)
            .orElseThrow(
                () ->
                    ConnectorException.protocol(
                        "A record has no '%s', the cursor field of its table".formatted(field)));
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw ConnectorException.protocol(
          "The cursor field '%s' is '%s', which is not an ISO 8601 timestamp with an offset"
              .formatted(field, text),
          e);
    }
  }

  /** Tells the record, in this version, from all others. */
  public String fingerprint(SourceRecord record) {
    return Fingerprints.of(record, version);
  }
}
