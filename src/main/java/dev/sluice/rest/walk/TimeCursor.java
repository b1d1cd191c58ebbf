package dev.sluice.rest.walk;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A timestamp that offsets are built from: the field that holds it, the fields that identify a
 * record among others of the same timestamp, and how the source takes the bounds of a query.
 */
@ConnectorApi
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
   * @param prefix of its value, which tells the bound from others of the same parameter
   * @param step added to the wanted value before it is sent, so that an exclusive bound includes it
   */
  private record Bound(String parameter, String prefix, Duration step) {}

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

  /** Uses a field, or the field at the end of a dotted path. */
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

  /**
   * Names the fields that identify a record among those of one timestamp; without them its whole
   * content does.
   */
  public TimeCursor identifiedBy(List<String> fields) {
    return new TimeCursor(field, List.copyOf(fields), lower, upper, format, order, remedy);
  }

  /** Declares that the source returns records at or after the parameter's value. */
  public TimeCursor since(String parameter) {
    return since(parameter, "");
  }

  /**
   * Declares that the source returns records at or after the parameter's value.
   *
   * @param prefix is put before the value, such as FHIR's {@code ge}
   */
  public TimeCursor since(String parameter, String prefix) {
    var bound = Optional.of(new Bound(parameter, prefix, Duration.ZERO));
    return new TimeCursor(field, identity, bound, upper, format, order, remedy);
  }

  /**
   * Declares that the source returns records after the parameter's value.
   *
   * @param resolution the smallest step between two values of the source's cursor
   */
  public TimeCursor sinceExclusive(String parameter, Duration resolution) {
    var bound = Optional.of(new Bound(parameter, "", resolution.negated()));
    return new TimeCursor(field, identity, bound, upper, format, order, remedy);
  }

  /** Declares that the source returns records before the parameter's value, or also at it. */
  public TimeCursor until(String parameter) {
    return until(parameter, "");
  }

  /**
   * Declares that the source returns records before the parameter's value, or also at it.
   *
   * @param prefix is put before the value, such as FHIR's {@code lt}
   */
  public TimeCursor until(String parameter, String prefix) {
    var bound = Optional.of(new Bound(parameter, prefix, Duration.ZERO));
    return new TimeCursor(field, identity, lower, bound, format, order, remedy);
  }

  /** Sets the format of timestamps in a query; ISO 8601 with {@code Z} by default. */
  public TimeCursor format(DateTimeFormatter format) {
    var zone = Optional.ofNullable(format.getZone()).orElse(ZoneOffset.UTC);
    return new TimeCursor(field, identity, lower, upper, format.withZone(zone), order, remedy);
  }

  /** Sets the order in which the source sorts; ascending by default. */
  public TimeCursor sorted(Order order) {
    return new TimeCursor(field, identity, lower, upper, format, order, remedy);
  }

  /** Adds what to do when the source does not sort as declared; ends the error message. */
  public TimeCursor withSortRemedy(String remedy) {
    return new TimeCursor(field, identity, lower, upper, format, order, Optional.of(remedy));
  }

  /** Reports, with kind {@code PROTOCOL}, that the source does not sort as declared. */
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

  /** Returns whether a query can be limited to a window. */
  public boolean hasWindow() {
    return lower.isPresent() && upper.isPresent();
  }

  /** Limits a list to {@code from}, included, and later. */
  public Listing from(Listing listing, Instant from) {
    return lower.map(bound -> apply(listing, bound, from)).orElse(listing);
  }

  /** Limits a list to {@code until}, which may be included, and earlier. */
  public Listing until(Listing listing, Instant until) {
    return upper.map(bound -> apply(listing, bound, until)).orElse(listing);
  }

  private Listing apply(Listing listing, Bound bound, Instant value) {
    return listing.with(bound.parameter(), bound.prefix(), format.format(value.plus(bound.step())));
  }

  /**
   * Returns the record's cursor value.
   *
   * @throws ConnectorException of kind {@code PROTOCOL} when it has none
   */
  public Instant value(SourceRecord record) {
    return find(record).orElseThrow(() -> ConnectorException.protocol(fault(record)));
  }

  /** Returns the record's cursor value; empty when it is missing or no timestamp. */
  public Optional<Instant> find(SourceRecord record) {
    try {
      return record.text(field).map(Timestamps::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Says why a record has no cursor value. */
  public String fault(SourceRecord record) {
    return record
        .text(field)
        .map(
            text ->
                "The cursor field '%s' is '%s', which is not an ISO 8601 timestamp with an offset"
                    .formatted(field, text))
        .orElseGet(() -> "A record has no '%s', the cursor field of its table".formatted(field));
  }

  /** Names a record by the fields that identify it, for a message. */
  public String identify(SourceRecord record) {
    String fields =
        identity.stream()
            .flatMap(name -> record.text(name).map(value -> name + " " + value).stream())
            .collect(Collectors.joining(", "));
    return fields.isEmpty() ? "a record" : "the record with " + fields;
  }

  /** Identifies this version of the record. */
  public String fingerprint(SourceRecord record) {
    return Fingerprints.of(record, version);
  }
}
