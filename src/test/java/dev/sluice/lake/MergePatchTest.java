package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  private static ObjectNode tree(String json) throws JsonProcessingException {
    return (ObjectNode) JsonText.read(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}|{\"a\":1}|{}",
        "{\"a\":1}|{\"a\":2}|{\"a\":2}",
        "{\"a\":1}|{}|{\"a\":null}",
        "{}|{\"a\":1}|{\"a\":1}",
        "{\"a\":[1,2]}|{\"a\":[1,3]}|{\"a\":[1,3]}",
        "{\"p\":{\"x\":{\"c\":1},\"y\":{\"c\":1}}}|{\"p\":{\"x\":{\"c\":1},\"y\":{\"c\":2}}}|{\"p\":{\"y\":{\"c\":2}}}",
        "{\"a\":{\"c\":1},\"d\":1}|{\"a\":{\"c\":1},\"b\":2,\"d\":1}|{\"a\":{},\"b\":2}",
        "{\"b\":1}|{\"a\":1,\"b\":1}|{\"a\":1}",
        "{\"a\":1,\"d\":1}|{\"a\":1,\"b\":1,\"c\":1,\"d\":1}|{\"a\":1,\"b\":1,\"c\":1}",
        "{\"a\":1}|{\"a\":{\"b\":1}}|{\"a\":{\"b\":1}}",
        "{\"a\":{\"b\":1}}|{\"a\":1}|{\"a\":1}"
      })
  void patchIsSmallAndLeadsBack(String from, String to, String patch) throws Exception {
    assertThat(MergePatch.between(tree(from), tree(to))).hasToString(patch);
    assertThat(MergePatch.apply(tree(from), tree(patch))).hasToString(to);
  }

  /** Members keep their order, whichever are new or gone. */
  @RepeatedTest(200)
  void patchOfAnyTwoObjectsWithSortedMembersLeadsBack(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
    Collections.shuffle(names, random);
    ObjectNode from = object(random, names, 3);
    ObjectNode to = object(random, names, 3);

    ObjectNode patch = MergePatch.between(from, to);

    assertThat(MergePatch.apply(from, patch)).hasToString(to.toString());
    assertThat(MergePatch.between(to, to)).isEmpty();
  }

  private static ObjectNode object(Random random, List<String> names, int depth) {
    ObjectNode object = JsonText.object();
    for (String name : names) {
      switch (random.nextInt(depth > 0 ? 5 : 4)) {
        case 0, 1 -> {}
        case 2 -> object.put(name, random.nextInt(2));
        case 3 -> object.putArray(name).add(random.nextInt(2));
        default -> object.set(name, object(random, names, depth - 1));
      }
    }
    return object;
  }
}
