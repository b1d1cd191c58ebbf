package dev.sluice.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Any number of made-up issues of about 1.2 kB, twenty seconds apart. Rendered once in a few
 * thousand variants; what tells one from another is put into its place in a copy. The variants fill
 * more than a compressor looks back at.
 */
final class Issues {
  static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
  private static final int SECONDS_APART = 20;

  private static final int VARIANTS = 8_192;
  private static final String ID = "1000000000";
  private static final String NUMBER = "10000000";
  private static final String UPDATED = "2020-01-01T00:00:00Z";
  private static final List<String> WORDS =
      List.of(
          "pipeline",
          "cursor",
          "retry",
          "schema",
          "token",
          "backfill",
          "window",
          "lake",
          "merge",
          "delta",
          "page",
          "limit",
          "record",
          "nested",
          "array",
          "field",
          "null",
          "drift",
          "column",
          "\\u00e9t\\u00e9",
          "naïve",
          "error",
          "timeout",
          "state",
          "commit",
          "snapshot",
          "partition",
          "offset");
  private static final List<String> LABELS =
      List.of("bug", "enhancement", "question", "docs", "regression", "wontfix", "help wanted");

  /** One of them, and where its own values go. */
  private record Variant(ByteBuffer json, int id, int number, int updated) {}

  private final List<Variant> variants = new ArrayList<>(VARIANTS);

  Issues(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < VARIANTS; i++) {
      String json = json(random);
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(json);
      variants.add(new Variant(bytes, at(json, ID), at(json, NUMBER), at(json, UPDATED)));
    }
  }

  /** These come before the first letter that is not ASCII, so that characters are bytes. */
  private static int at(String json, String value) {
    return json.indexOf(value);
  }

  /** How many are before this moment. */
  static long before(Instant moment) {
    return Math.max(
        0, Math.ceilDiv(moment.getEpochSecond() - FIRST.getEpochSecond(), SECONDS_APART));
  }

  /** Room that one of them may need. */
  int largest() {
    return variants.stream().mapToInt(variant -> variant.json().limit()).max().orElseThrow();
  }

  void write(long index, ByteBuffer out) {
    Variant variant = variants.get((int) (index % VARIANTS));
    int start = out.position();
    out.put(variant.json().duplicate());
    digits(1_000_000_000L + 7 * index, out, start + variant.id(), ID.length());
    digits(10_000_000L + index, out, start + variant.number(), NUMBER.length());
    moment(FIRST.getEpochSecond() + SECONDS_APART * index, out, start + variant.updated());
  }

  private static void digits(long value, ByteBuffer out, int at, int width) {
    long rest = value;
    for (int i = width - 1; i >= 0; i--) {
      out.put(at + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
  }

  private static void moment(long second, ByteBuffer out, int at) {
    byte[] text = Instant.ofEpochSecond(second).toString().getBytes(StandardCharsets.US_ASCII);
    out.put(at, text);
  }

  private static String json(Random random) {
    boolean closed = random.nextInt(3) == 0;
    int user = random.nextInt(20_000);
    String labels =
        Stream.generate(() -> random.nextInt(LABELS.size()))
            .limit(random.nextInt(4))
            .map(
                label ->
                    "{\"id\":%d,\"name\":\"%s\",\"color\":\"%06x\",\"default\":%s}"
                        .formatted(label + 300, LABELS.get(label), label * 1_234_567, label < 3))
            .collect(Collectors.joining(","));
    String assignees =
        Stream.generate(() -> random.nextInt(500))
            .limit(random.nextInt(3))
            .map(id -> "{\"login\":\"dev%d\",\"id\":%d}".formatted(id, id + 100))
            .collect(Collectors.joining(","));
    return """
    {"id":%s,"number":%s,"updated_at":"%s","node_id":"I_%016x",\
    "url":"https://api.example.test/repos/o/r/issues/%d","html_url":"https://example.test/o/r/issues/%d",\
    "title":"%s","state":"%s","locked":%s,"comments":%d,"score":%d.%02d,"closed_at":%s,\
    "author_association":"MEMBER","user":{"login":"user%d","id":%d,\
    "avatar_url":"https://avatars.example.test/u/%d?v=4","type":"User","site_admin":false},\
    "labels":[%s],"assignees":[%s],"milestone":%s,\
    "reactions":{"total_count":%d,"+1":%d,"-1":%d,"laugh":%d,"heart":%d},\
    "body":"%s\\n\\n\\"quoted\\" line"}"""
        .formatted(
            ID,
            NUMBER,
            UPDATED,
            random.nextLong(),
            user,
            user,
            words(random, 5 + random.nextInt(5)),
            closed ? "closed" : "open",
            random.nextInt(20) == 0,
            random.nextInt(40),
            random.nextInt(100),
            random.nextInt(100),
            closed ? "\"2020-01-01T00:00:01Z\"" : "null",
            user,
            user + 5000,
            user + 5000,
            labels,
            assignees,
            random.nextInt(4) == 0
                ? "{\"id\":%d,\"title\":\"v1.%d\",\"due_on\":null}".formatted(user, user % 50)
                : "null",
            random.nextInt(30),
            random.nextInt(10),
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(8),
            words(random, 55 + random.nextInt(30)));
  }

  private static String words(Random random, int count) {
    return random
        .ints(count, 0, WORDS.size())
        .mapToObj(WORDS::get)
        .collect(Collectors.joining(" "));
  }
}
