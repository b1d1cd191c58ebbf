package dev.sluice.aws;

import dev.sluice.lake.OffsetObjects;
import dev.sluice.lake.OffsetPlacement;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of a checkpoint, which an operator may read in the console.
 *
 * <p>{@code lake} is where the records before the offset are: in another lake they are missing, and
 * the checkpoint means nothing. {@code offset} is the offset's JSON; a large one is in the lake,
 * and {@code offset_object} names it; likewise {@code reading}. {@code history} lists the last ten
 * moves of the checkpoint, the newest first.
 */
final class CheckpointItem {
  static final String GENERATION = "generation";
  static final String SEQUENCE = "sequence";
  static final String OFFSET_HASH = "offset_hash";
  static final String ATTEMPTS = "attempts";
  static final String HISTORY = "history";
  private static final String SCHEMA_VERSION = "schema_version";
  private static final OffsetPlacement OFFSET =
      new OffsetPlacement("offset", "offset_object", 4 << 10);
  private static final OffsetPlacement READING =
      new OffsetPlacement("reading", "reading_object", 1 << 10);
  private static final String LAKE = "lake";
  private static final String UPDATED_AT = "updated_at";
  private static final List<String> OF_CHECKPOINT =
      List.of(
          SCHEMA_VERSION,
          GENERATION,
          SEQUENCE,
          OFFSET.inline(),
          OFFSET.beside(),
          OFFSET_HASH,
          READING.inline(),
          READING.beside(),
          LAKE,
          UPDATED_AT,
          HISTORY);

  /** Formats times at equal length, so that they compare as texts. */
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final int VERSION = 1;
  private static final int HISTORY_SIZE = 10;

  private final OffsetObjects offsets;
  private final String lake;
  private final ItemKey key;

  CheckpointItem(OffsetObjects offsets, String lake, ItemKey key) {
    this.offsets = offsets;
    this.lake = lake;
    this.key = key;
  }

  /** Expects that there is no checkpoint; there may be a lease. */
  static void expectNone(ItemUpdate update) {
    update.when(
        "attribute_not_exists(%s) AND attribute_not_exists(%s) AND attribute_not_exists(%s)"
            .formatted(
                update.name(SCHEMA_VERSION), update.name(GENERATION), update.name(OFFSET_HASH)));
  }

  void expect(ItemUpdate update, Checkpoint checkpoint) {
    update.when(
        "%s = %s AND %s = %s AND %s = %s AND %s = %s AND %s"
            .formatted(
                update.name(SCHEMA_VERSION),
                update.value(number(VERSION)),
                update.name(GENERATION),
                update.value(number(checkpoint.generation())),
                update.name(SEQUENCE),
                update.value(number(checkpoint.sequence())),
                update.name(OFFSET_HASH),
                update.value(AttributeValue.fromS(hash(checkpoint.offset()))),
                expectReading(update, checkpoint)));
  }

  private String expectReading(ItemUpdate update, Checkpoint checkpoint) {
    return checkpoint
        .reading()
        .map(this::place)
        .map(
            reading ->
                "%s = %s"
                    .formatted(
                        update.name(reading.name()),
                        update.value(AttributeValue.fromS(reading.value()))))
        .orElseGet(
            () ->
                "attribute_not_exists(%s) AND attribute_not_exists(%s)"
                    .formatted(update.name(READING.inline()), update.name(READING.beside())));
  }

  private OffsetPlacement.Attribute place(Reading reading) {
    return READING.place(reading.json(), () -> offsets.readings().keep(key.destination(), reading));
  }

  /**
   * Writes a checkpoint, but first a large offset into the lake.
   *
   * @param history of the checkpoint that it replaces
   * @return its own history
   */
  AttributeValue write(
      ItemUpdate update, Checkpoint next, Optional<AttributeValue> history, Instant now) {
    var at = AttributeValue.fromS(TIME.format(now));
    update
        .set(SCHEMA_VERSION, number(VERSION))
        .set(GENERATION, number(next.generation()))
        .set(SEQUENCE, number(next.sequence()))
        .set(OFFSET_HASH, AttributeValue.fromS(hash(next.offset())))
        .set(LAKE, AttributeValue.fromS(lake))
        .set(UPDATED_AT, at);
    var offset = place(next);
    update.set(offset.name(), AttributeValue.fromS(offset.value())).remove(offset.absent());
    writeReading(update, next);
    var moves =
        AttributeValue.fromL(
            Stream.concat(
                    Stream.of(
                        AttributeValue.fromM(
                            Map.of(
                                GENERATION,
                                number(next.generation()),
                                SEQUENCE,
                                number(next.sequence()),
                                "at",
                                at))),
                    history.stream().flatMap(before -> before.l().stream()))
                .limit(HISTORY_SIZE)
                .toList());
    update.set(HISTORY, moves);
    // They are about the checkpoint that is replaced.
    update.remove(ATTEMPTS);
    return moves;
  }

  /** Writes what is read at a checkpoint, which stays where it is, and so do its failures. */
  void writeReading(ItemUpdate update, Checkpoint at) {
    at.reading()
        .map(this::place)
        .ifPresentOrElse(
            reading ->
                update
                    .set(reading.name(), AttributeValue.fromS(reading.value()))
                    .remove(reading.absent()),
            () -> update.remove(READING.inline(), READING.beside()));
  }

  /** Removes the checkpoint and nothing else. */
  static void remove(ItemUpdate update) {
    update.remove(OF_CHECKPOINT.toArray(String[]::new)).remove(ATTEMPTS);
  }

  private OffsetPlacement.Attribute place(Checkpoint at) {
    return OFFSET.place(
        at.offset().json(),
        () -> offsets.keep(key.destination(), key.flow(), at.generation(), at.offset()));
  }

  /**
   * Reads the checkpoint in an item; empty when the item only holds a lease.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} for a damaged or newer one, and for
   *     one of another lake
   */
  Optional<Checkpoint> read(Map<String, AttributeValue> item) {
    if (OF_CHECKPOINT.stream().noneMatch(item::containsKey)) {
      return Optional.empty();
    }
    int version = (int) Math.min(Integer.MAX_VALUE, whole(item, SCHEMA_VERSION));
    if (version > VERSION) {
      throw Checkpoint.unusable(
          "its schema_version is %d and this release knows %d".formatted(version, VERSION));
    }
    if (version != VERSION) {
      throw Checkpoint.unusable("its schema_version is " + version);
    }
    if (item.containsKey(LAKE) && !text(item, LAKE).equals(lake)) {
      throw ConnectorException.configuration(
          "The checkpoint is of records in %s, and the pipeline writes to %s, which lacks them. Take the earlier destination, give the pipeline another name, or read everything again into the new one with 'state reset'"
              .formatted(text(item, LAKE), lake));
    }
    AttributeValue history = item.get(HISTORY);
    // A map is of an earlier release; the next commit begins a list.
    if (history == null || !(history.hasL() || history.hasM())) {
      throw Checkpoint.unusable("its history is not a list");
    }
    Checkpoint checkpoint = position(item);
    if (!hash(checkpoint.offset()).equals(text(item, OFFSET_HASH))) {
      throw Checkpoint.unusable("its offset_hash is not the SHA-256 of its offset");
    }
    return Optional.of(reading(item).map(checkpoint::in).orElse(checkpoint));
  }

  private Optional<Reading> reading(Map<String, AttributeValue> item) {
    if (READING.isBeside(item)) {
      return Optional.of(offsets.readings().find(key.destination(), text(item, READING.beside())));
    }
    try {
      return item.containsKey(READING.inline())
          ? Optional.of(Reading.parse(text(item, READING.inline())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw Checkpoint.unusable("its reading is damaged");
    }
  }

  private Checkpoint position(Map<String, AttributeValue> attributes) {
    int generation = (int) Math.min(Integer.MAX_VALUE, whole(attributes, GENERATION));
    long sequence = whole(attributes, SEQUENCE);
    if (generation < 1) {
      throw Checkpoint.unusable("its generation is " + generation);
    }
    return new Checkpoint(generation, sequence, offset(attributes, generation));
  }

  private Offset offset(Map<String, AttributeValue> attributes, int generation) {
    if (OFFSET.isBeside(attributes)) {
      return offsets.find(
          key.destination(), key.flow(), generation, text(attributes, OFFSET.beside()));
    }
    String json = text(attributes, OFFSET.inline());
    try {
      return Offset.parse(json);
    } catch (ConnectorException e) {
      throw Checkpoint.unusable("its offset is not a JSON object");
    }
  }

  AttributeValue attempts(FailureStreak attempts) {
    var map = new HashMap<String, AttributeValue>();
    map.put(GENERATION, number(attempts.at().generation()));
    map.put(SEQUENCE, number(attempts.at().sequence()));
    var offset = place(attempts.at());
    map.put(offset.name(), AttributeValue.fromS(offset.value()));
    map.put("failure", AttributeValue.fromS(attempts.failure()));
    map.put("count", number(attempts.count()));
    return AttributeValue.fromM(map);
  }

  /** Reads the count of failures; empty when it is damaged: counting then begins again. */
  Optional<FailureStreak> attempts(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(ATTEMPTS);
    if (value == null || !value.hasM()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FailureStreak(
              position(value.m()), text(value.m(), "failure"), (int) whole(value.m(), "count")));
    } catch (ConnectorException e) {
      return Optional.empty();
    }
  }

  private long whole(Map<String, AttributeValue> attributes, String name) {
    AttributeValue value = attributes.get(name);
    try {
      if (value != null && value.n() != null) {
        long number = Long.parseLong(value.n());
        if (number >= 0) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw Checkpoint.unusable("its %s is %s".formatted(name, value.n()));
    }
    throw Checkpoint.unusable("its %s is not a whole number".formatted(name));
  }

  private String text(Map<String, AttributeValue> attributes, String name) {
    AttributeValue value = attributes.get(name);
    if (value == null || value.s() == null) {
      throw Checkpoint.unusable("its %s is not a text".formatted(name));
    }
    return value.s();
  }

  private static String hash(Offset offset) {
    return Sha256.of(offset.json());
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
