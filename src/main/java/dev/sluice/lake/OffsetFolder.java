package dev.sluice.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The large offsets of one generation. An offset is kept whole as an object, the base of those that
 * follow: each of them is its difference from it, as long as that is small, and then the next base.
 *
 * <p>A reference is the name of a base, and for a difference a {@code +} and the difference itself,
 * or the name of its object. Objects are named by the SHA-256 of their content.
 */
final class OffsetFolder {
  private static final String DIFFERENCE = "+";
  private static final String SUFFIX = ".json";
  private static final String SUFFIX_OF_PATCH = ".patch.json";

  /** The most characters of a difference that stands in the reference. */
  private static final int INLINE = 900;

  /** The part of its base that a difference may be as large as. */
  private static final int SMALL = 16;

  /** The time that an object stays when nothing refers to it, for checkpoints from a backup. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final ObjectStore store;
  private final String folder;
  private final Set<String> used = new HashSet<>();
  private Optional<Known> base = Optional.empty();
  private Optional<Known> last = Optional.empty();
  private boolean hasNewBase;

  OffsetFolder(ObjectStore store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  /** An offset of which it is known that it is kept, and what refers to it. */
  private record Known(String reference, Offset offset) {}

  synchronized String keep(Offset offset) {
    if (last.isEmpty() || !last.get().offset().equals(offset)) {
      last = Optional.of(new Known(difference(offset).orElseGet(() -> whole(offset)), offset));
    }
    return last.get().reference();
  }

  private String whole(Offset offset) {
    String name = create(AsciiJson.of(offset.json()), SUFFIX);
    base = Optional.of(new Known(name, offset));
    hasNewBase = true;
    return name;
  }

  private Optional<String> difference(Offset offset) {
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Known from = base.get();
    return patch(from.offset(), offset)
        .filter(patch -> patch.length() <= Math.max(INLINE, from.offset().json().length() / SMALL))
        .map(patch -> patch.length() <= INLINE ? patch : create(patch, SUFFIX_OF_PATCH))
        .map(patch -> from.reference() + DIFFERENCE + patch);
  }

  private static Optional<String> patch(Offset from, Offset to) {
    try {
      String patch =
          AsciiJson.of(MergePatch.between(tree(from.json()), tree(to.json())).toString());
      return Optional.of(patch).filter(text -> to.equals(patched(from, text)));
    } catch (JsonProcessingException | ConnectorException e) {
      return Optional.empty();
    }
  }

  private static Offset patched(Offset from, String patch) {
    try {
      return Offset.parse(MergePatch.apply(tree(from.json()), tree(patch)).toString());
    } catch (JsonProcessingException e) {
      throw ConnectorException.configuration(
          "The difference of an offset is damaged: " + patch + ". Begin again with 'state reset'",
          e);
    }
  }

  private static ObjectNode tree(String json) throws JsonProcessingException {
    return (ObjectNode) JsonText.read(json);
  }

  private String create(String json, String suffix) {
    byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
    String name = Sha256.of(bytes);
    store.createIfAbsent(folder + name + suffix, Payload.of(bytes), Map.of());
    used.add(name + suffix);
    return name;
  }

  synchronized Offset find(String reference) {
    if (last.isEmpty() || !last.get().reference().equals(reference)) {
      last = Optional.of(new Known(reference, read(reference)));
    }
    return last.get().offset();
  }

  private Offset read(String reference) {
    int end = reference.indexOf(DIFFERENCE);
    String name = end < 0 ? reference : reference.substring(0, end);
    if (base.isEmpty() || !base.get().reference().equals(name)) {
      base = Optional.of(new Known(name, Offset.parse(text(name + SUFFIX))));
    }
    Offset whole = base.get().offset();
    return end < 0 ? whole : patched(whole, differenceOf(reference.substring(end + 1)));
  }

  private String differenceOf(String difference) {
    return difference.startsWith("{") ? difference : text(difference + SUFFIX_OF_PATCH);
  }

  private String text(String name) {
    String key = folder + name;
    used.add(name);
    String text =
        store.document(key).map(Document::text).orElseThrow(() -> unusable(key, "is not there"));
    if (!name.startsWith(Sha256.of(text))) {
      throw unusable(key, "was changed");
    }
    return text;
  }

  private static ConnectorException unusable(String key, String why) {
    return ConnectorException.configuration(
        "The offset %s %s. Restore it, or begin again with 'state reset'".formatted(key, why));
  }

  /**
   * Removes what nothing has referred to for a week, when there is a new base since the last time.
   * The newest base that is older may have been in use until then, and so may its newest
   * difference; what this run used is in use.
   */
  synchronized void removeUnused(Instant now) {
    if (!hasNewBase) {
      return;
    }
    hasNewBase = false;
    Map<String, Instant> written = store.writtenAt(folder);
    removeBefore(
        newestBefore(written, now, name -> !isPatch(name)), written, name -> !isPatch(name));
    removeBefore(newestBefore(written, now, OffsetFolder::isPatch), written, OffsetFolder::isPatch);
  }

  private static boolean isPatch(String key) {
    return key.endsWith(SUFFIX_OF_PATCH);
  }

  private static Optional<Instant> newestBefore(
      Map<String, Instant> written, Instant now, Predicate<String> kind) {
    return written.entrySet().stream()
        .filter(entry -> kind.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(at -> at.isBefore(now.minus(KEPT)))
        .max(Instant::compareTo);
  }

  private void removeBefore(
      Optional<Instant> newest, Map<String, Instant> written, Predicate<String> kind) {
    newest.ifPresent(
        limit ->
            store.delete(
                written.entrySet().stream()
                    .filter(entry -> kind.test(entry.getKey()))
                    .filter(entry -> entry.getValue().isBefore(limit))
                    .map(Map.Entry::getKey)
                    .filter(key -> !used.contains(key.substring(folder.length())))
                    .toList()));
  }
}
