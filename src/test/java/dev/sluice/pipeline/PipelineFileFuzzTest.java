package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged pipeline files are refused in one way only, whatever the damage: by name of the line. */
@Tag("fuzz")
final class PipelineFileFuzzTest {
  private static final List<String> CORPUS =
      List.of(
          PipelineFileTest.GOOD,
          "{name: a, connector: letters, destination: {uri: 'file:./lake'}, tables: [{table:"
              + " letters}]}",
          "base: &b {table: letters}\nname: x\ntables: [*b, *b, <<: *b]\n? [a]\n: !!int 1e9\n");

  private static final Connectors CONNECTORS = new Connectors(List.of(new LettersProvider()));

  @Test
  void damagedFileIsReadOrRefusedByTheNameOfALine() throws Exception {
    Fuzz.run(
        "Pipeline files",
        8_000,
        PipelineFileFuzzTest::trial,
        Mutation.and("read", "refused, with a line", "refused as a whole"));
  }

  private static Trial trial(Chance chance) {
    return new Trial(Mutation.damage(CORPUS, chance), PipelineFileFuzzTest::check);
  }

  private static String check(String text) {
    Pipeline pipeline;
    try {
      pipeline = PipelineFile.parse(text, Path.of("acme.yaml"), CONNECTORS, Map.of());
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      if (String.valueOf(e.getMessage()).matches("(?s)acme\\.yaml:[0-9]+: .*")) {
        return "refused, with a line";
      }
      // bytes that are no text, or more than a file may have, are in no line
      assertThat(e).hasMessageStartingWith("acme.yaml: ");
      return "refused as a whole";
    }
    assertThat(pipeline.tables()).isNotEmpty();
    assertThat(pipeline.tables().stream().map(PipelineTable::as)).doesNotHaveDuplicates();
    return "read";
  }
}
