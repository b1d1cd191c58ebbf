package dev.sluice.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts how often the microbatch after a checkpoint failed the same way in a row.
 *
 * @param failure what the failures have in common
 */
public record FailureStreak(Checkpoint at, String failure, int count) {

  public FailureStreak {
    at = at.withoutReading();
  }

  /** Adds one failure: the same one again, or the first of another kind. */
  public static FailureStreak more(Optional<FailureStreak> before, Checkpoint at, String failure) {
    return before
        .filter(
            same ->
                same.at.equals(at.withoutReading())
                    && withoutBody(same.failure).equals(withoutBody(failure)))
        .map(same -> new FailureStreak(at, failure, same.count + 1))
        .orElse(new FailureStreak(at, failure, 1));
  }

  /** Leaves out what earlier releases quoted of an answer. */
  private static String withoutBody(String failure) {
    return failure.replaceAll(": \\{.*}", "");
  }

  /**
   * Returns the form in which a store of documents keeps it.
   *
   * @param form writes a checkpoint as JSON
   */
  public String json(Function<Checkpoint, String> form) {
    return JsonText.object()
        .putRawValue("at", JsonText.raw(form.apply(at)))
        .put("failure", failure)
        .put("count", count)
        .toString();
  }

  /**
   * Reads a streak; empty for anything that {@link #json} did not write: counting then begins
   * again.
   *
   * @param form reads a checkpoint from JSON
   */
  public static Optional<FailureStreak> parse(String json, Function<String, Checkpoint> form) {
    try {
      JsonNode tree = JsonText.read(json);
      return Optional.of(
          new FailureStreak(
              form.apply(tree.path("at").toString()),
              tree.path("failure").asText(),
              tree.path("count").asInt()));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
