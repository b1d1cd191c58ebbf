package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns of every table: all that users of flat tables know, and each filled somewhere. */
class ColumnsTest {
  private static final Pattern WORD = Pattern.compile("_([a-z])");

  /** Columns of flat tables whose element is not found by their name alone. */
  private static final Map<String, String> ELSEWHERE = new HashMap<>();

  static {
    ELSEWHERE.put("*.lastUpdated", "meta.lastUpdated");
    ELSEWHERE.put("Encounter.class_coding", "class");
    ELSEWHERE.put("Coverage.class_coverage", "class");
    ELSEWHERE.put("MedicationRequest.substitution_allowed_boolean", "substitution.allowedBoolean");
  }

  static Stream<String> types() throws IOException {
    return flatColumns().keySet().stream();
  }

  private static Map<String, List<String>> flatColumns() throws IOException {
    try (InputStream in = ColumnsTest.class.getResourceAsStream("flat-columns.json")) {
      Map<String, List<String>> columns = new HashMap<>();
      JsonNode types = Resources.MAPPER.readTree(Objects.requireNonNull(in));
      for (var type : types.properties()) {
        List<String> names = new ArrayList<>();
        type.getValue().forEach(name -> names.add(name.asText()));
        columns.put(type.getKey(), names);
      }
      return columns;
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyColumnOfAFlatTableHasItsElement(String type) throws IOException {
    Schema schema = new Profile(Profile.BASE_R4).schema(type);
    List<String> flat = new ArrayList<>(List.of("id", "resourceType", "lastUpdated", "extension"));
    flat.addAll(Objects.requireNonNull(flatColumns().get(type)));

    assertThat(flat).allMatch(column -> schema.has(element(type, column)), "has an element");
  }

  private static String element(String type, String column) {
    return ELSEWHERE.getOrDefault(
        type + "." + column,
        ELSEWHERE.getOrDefault(
            "*." + column,
            WORD.matcher(column.replace("datetime", "date_time"))
                .replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT))));
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyColumnIsFilledAndFits(String type) {
    List<JsonNode> resources = new ArrayList<>();
    for (ObjectNode resource : Resources.ofType(type)) {
      ObjectNode whole = resource.deepCopy().put("id", "1");
      whole
          .withObjectProperty("meta")
          .put("versionId", "1")
          .put("lastUpdated", "2026-01-01T00:00:00.001Z");
      resources.add(whole);
    }
    var fit = new SchemaFit(new Profile(Profile.BASE_R4).schema(type), resources);

    assertThat(fit.problems()).isEmpty();
    assertThat(fit.empty()).isEmpty();
  }
}
