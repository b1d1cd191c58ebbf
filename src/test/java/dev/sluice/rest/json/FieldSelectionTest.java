package dev.sluice.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSelectionTest {
  private static final List<String> PATHS =
      List.of("id", "at", "commit.committer.date", "commit.author.date", "commit", "empty.deep");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":9007199254740993,\"at\":\"2026-01-01\"}",
        "{\"at\":null,\"x\":{\"at\":1},\"id\":[1]}",
        "{\"commit\":{\"committer\":{\"date\":\"d\"},\"author\":{\"date\":1.10}}}",
        "{\"commit\":{\"author\":{}},\"commit\":{\"author\":{\"date\":\"second\"}}}",
        "{\"commit\":7,\"commit\":{\"committer\":{\"date\":\"second\"}}}",
        "{\"id\":1,\"id\":2,\"empty\":{\"deep\":\"\"}}",
        "{\"commit\":[{\"committer\":{\"date\":1}}],\"\":{\"id\":3}}",
      })
  void whatIsNotedOfAPageIsWhatItsRecordsSay(String json) throws IOException {
    byte[] page = ("[" + json + ",{\"id\":0}]").getBytes(StandardCharsets.UTF_8);
    var layout = Listing.of(Request.get("things")).extracting(PATHS).layout();

    var records = Splitter.split(page, page.length, layout, ErrorDetector.none()).records();

    assertThat(records).hasSize(2);
    assertThat(records.getFirst().json()).isEqualTo(json);
    for (String path : PATHS) {
      assertThat(records.getFirst().text(path)).isEqualTo(SourceRecord.of(json).text(path));
    }
  }
}
