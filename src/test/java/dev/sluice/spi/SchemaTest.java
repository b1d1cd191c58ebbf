package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.DataType.Primitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private static final String NOTATION =
      "{\"id\":\"long!\",\"price\":\"decimal(38,18)\",\"user\":{\"login\":\"string\"},\"labels\":[{\"name\":\"string\"}],\"reactions\":{\"*\":\"long\"}}";

  @Test
  void theNotationDescribesTheShapeOfARecord() {
    assertThat(Schema.parse(NOTATION))
        .isEqualTo(
            Schema.of(
                Field.required("id", Primitive.LONG),
                Field.optional("price", new DataType.Decimal(38, 18)),
                Field.optional(
                    "user",
                    new DataType.Struct(List.of(Field.optional("login", Primitive.STRING)))),
                Field.optional(
                    "labels",
                    new DataType.Array(
                        new DataType.Struct(List.of(Field.optional("name", Primitive.STRING))))),
                Field.optional("reactions", new DataType.Map(Primitive.LONG))));
  }

  @Test
  void writingAndReadingAreInverse() {
    assertThat(Schema.parse(NOTATION).json()).isEqualTo(NOTATION);
  }

  @Test
  void aDottedPathReachesIntoStructs() {
    Schema schema = Schema.parse(NOTATION);

    assertThat(schema.has("user.login")).isTrue();
    assertThat(schema.has("user.name")).isFalse();
    assertThat(schema.has("labels.name")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":\"int\"}", "{\"a\":[]}", "{\"a\":3}", "[", "{\"a\":\"decimal(3,4)\"}"})
  void whatIsNoTypeIsRefused(String notation) {
    assertThatThrownBy(() -> Schema.parse(notation)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreUniqueAtEveryLevel() {
    var twice = List.of(Field.optional("a", Primitive.LONG), Field.optional("a", Primitive.LONG));

    assertThatThrownBy(() -> new DataType.Struct(twice)).hasMessageContaining("unique");
    assertThatThrownBy(() -> new Schema(twice)).hasMessageContaining("unique");
  }
}
