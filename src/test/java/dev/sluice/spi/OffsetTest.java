package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTest {

  private record Position(String cursor, int page) {}

  @Test
  void aConnectorsRecordSurvivesTheWayThroughText() {
    var offset = Offset.of(new Position("2026-01-01", 3));

    assertThat(Offset.parse(offset.json())).isEqualTo(offset);
    assertThat(offset.as(Position.class)).contains(new Position("2026-01-01", 3));
  }

  private record Parts(Map<String, Offset> parts) {}

  @Test
  void anOffsetWithinAnotherIsPlainJson() {
    var parts = new Parts(Map.of("a", Offset.of(new Position("x", 1))));

    var offset = Offset.of(parts);

    assertThat(offset.json()).isEqualTo("{\"parts\":{\"a\":{\"cursor\":\"x\",\"page\":1}}}");
    assertThat(offset.as(Parts.class)).contains(parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"parts\":{\"a\":[1]}}", "{\"parts\":{\"a\":\"x\"}}"})
  void whatIsNoOffsetWithinAnotherIsRefused(String json) {
    assertThatThrownBy(() -> Offset.parse(json).as(Parts.class))
        .isInstanceOf(ConnectorException.class);
  }

  @Test
  void theStartHasNoPosition() {
    assertThat(Offset.parse(" { } ")).isEqualTo(Offset.START);
    assertThat(Offset.START.as(Position.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"other\":1}",
        "{\"cursor\":\"c\",\"page\":1,\"newer\":true}",
        "{\"page\":null}"
      })
  void anOffsetOfAnotherShapeIsRefusedAndNotReadAsTheStart(String json) {
    assertThatThrownBy(() -> Offset.parse(json).as(Position.class))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("state reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{} x"})
  void onlyAJsonObjectIsAnOffset(String json) {
    assertThatThrownBy(() -> Offset.parse(json))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("An offset is a JSON object");
  }
}
