package dev.sluice.simulation;

import dev.sluice.lake.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads a table as anybody does who knows the layout and nothing else: the pointer, then all files
 * of the folder that it names.
 */
final class LakeReader {
  private static final Pattern GENERATION = Pattern.compile("\"generation\":(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("/(\\d{20})\\.jsonl(\\.gz)?$");

  private final MemoryObjects objects;
  private final String folder;

  LakeReader(MemoryObjects objects, String folder) {
    this.objects = objects;
    this.folder = folder;
  }

  /** What the table is to its readers at a moment. */
  record View(int generation, List<String> lines, List<String> tombstones) {
    static final View NONE = new View(0, List.of(), List.of());
  }

  int generation() {
    return objects
        .document(folder + "/current.json")
        .map(Document::text)
        .map(GENERATION::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1)))
        .orElse(0);
  }

  /**
   * @throws IllegalStateException when what is there is not what the layout promises
   */
  View view() {
    int generation = generation();
    return generation == 0
        ? View.NONE
        : new View(generation, lines("data", generation), lines("deletes", generation));
  }

  private List<String> lines(String flow, int generation) {
    var lines = new ArrayList<String>();
    long expected = 1;
    for (String key : objects.list("%s/%s/g=%06d/".formatted(folder, flow, generation))) {
      Matcher number = NUMBER.matcher(key);
      if (!number.find() || Long.parseLong(number.group(1)) != expected) {
        throw new IllegalStateException("Number %d should follow, not %s".formatted(expected, key));
      }
      expected++;
      text(key, Optional.ofNullable(number.group(2))).lines().forEach(lines::add);
    }
    return lines;
  }

  private String text(String key, Optional<String> compressed) {
    try (InputStream raw = objects.read(key);
        InputStream in = compressed.isPresent() ? new GZIPInputStream(raw) : raw) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
