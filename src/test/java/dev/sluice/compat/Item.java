package dev.sluice.compat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A record of a source.
 *
 * @param at when it was changed last
 * @param revision how often it was changed
 */
record Item(String key, Instant at, int revision) {
  /** When the first record of every source was changed. */
  static final Instant FIRST = Instant.parse("2026-01-10T00:00:00Z");

  private static final Comparator<Item> BY_TIME =
      Comparator.comparing(Item::at).thenComparing(Item::key);

  /** Records with the numbers from {@code first} to {@code last}, a minute apart. */
  static List<Item> range(String prefix, int first, int last) {
    var items = new ArrayList<Item>();
    for (int number = first; number <= last; number++) {
      items.add(one(prefix, number, Duration.ofMinutes(number)));
    }
    return items;
  }

  /** As many records as {@link #range} gives, all changed at the same instant. */
  static List<Item> tied(String prefix, int first, int last, Duration sinceFirst) {
    var items = new ArrayList<Item>();
    for (int number = first; number <= last; number++) {
      items.add(one(prefix, number, sinceFirst));
    }
    return items;
  }

  static Item one(String prefix, int number, Duration sinceFirst) {
    return new Item(prefix + number, FIRST.plus(sinceFirst), 0);
  }

  Item changed(Duration sinceFirst) {
    return new Item(key, FIRST.plus(sinceFirst), revision + 1);
  }

  static List<Item> and(List<Item> items, Item... more) {
    return Stream.concat(items.stream(), Arrays.stream(more)).toList();
  }

  static List<Item> byTime(List<Item> items) {
    return items.stream().sorted(BY_TIME).toList();
  }

  static List<Item> newestFirst(List<Item> items) {
    return items.stream().sorted(BY_TIME.reversed()).toList();
  }

  /** The name under which the lake is looked through: which record, and which version of it. */
  String name() {
    return key + "@" + revision;
  }

  static List<String> names(List<Item> items) {
    return items.stream().map(Item::name).toList();
  }
}
