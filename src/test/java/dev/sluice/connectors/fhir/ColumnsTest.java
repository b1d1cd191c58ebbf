package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.DataType;
import dev.sluice.spi.Field;
import dev.sluice.spi.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns of every table: all that users of flat tables know, and each filled somewhere. */
class ColumnsTest {
  private static final Pattern WORD = Pattern.compile("_([a-z])");

  /** Columns of flat tables whose element is not found by their name alone. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("lastUpdated", "meta.lastUpdated"),
          Map.entry("class_coding", "class"),
          Map.entry("class_coverage", "class"),
          Map.entry("substitution_allowed_boolean", "substitution.allowedBoolean"),
          Map.entry("low_value", "low.value"),
          Map.entry("low_unit", "low.unit"),
          Map.entry("high_value", "high.value"),
          Map.entry("high_unit", "high.unit"),
          Map.entry("timing_code", "timing.code.coding.code"),
          Map.entry("dose_value", "doseAndRate.doseQuantity.value"),
          Map.entry("dose_unit", "doseAndRate.doseQuantity.unit"),
          Map.entry("quantity_value", "quantity.value"),
          Map.entry("quantity_unit", "quantity.unit"),
          Map.entry("expected_supply_duration_value", "expectedSupplyDuration.value"),
          Map.entry("expected_supply_duration_unit", "expectedSupplyDuration.unit"),
          Map.entry("detail_status", "detail.status"),
          Map.entry("detail_code", "detail.code"),
          Map.entry("detail_description", "detail.description"),
          Map.entry("attachment_url", "attachment.url"),
          Map.entry("attachment_title", "attachment.title"),
          Map.entry("attachment_content_type", "attachment.contentType"),
          Map.entry("format_code", "format.code"),
          Map.entry("format_system", "format.system"));

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

    List<String> elements = leaves("", new DataType.Struct(schema.fields()));
    assertThat(flat)
        .allMatch(
            column -> {
              String element = element(column);
              return elements.stream()
                  .anyMatch(leaf -> leaf.equals(element) || leaf.startsWith(element + "."));
            },
            "has an element");
  }

  /** The paths of all values, through structs and arrays. */
  private static List<String> leaves(String path, DataType type) {
    return switch (type) {
      case DataType.Struct(List<Field> fields) ->
          fields.stream()
              .flatMap(
                  field ->
                      leaves(
                          path.isEmpty() ? field.name() : path + "." + field.name(), field.type())
                          .stream())
              .toList();
      case DataType.Array(DataType element) -> leaves(path, element);
      default -> List.of(path);
    };
  }

  private static String element(String column) {
    return Arrays.stream(column.split("\\.", -1))
        .map(
            name ->
                ELSEWHERE.getOrDefault(
                    name,
                    WORD.matcher(name.replace("datetime", "date_time"))
                        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))))
        .collect(Collectors.joining("."));
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
