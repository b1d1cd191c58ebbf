package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TableSpecTest {
  private static final PrimaryKey ID = PrimaryKey.of("id");
  private static final Option<String> COLOR = Option.text("color", "The color");

  @Test
  void optionHasToSayWhatItDecides() {
    TableSpec spec = TableSpec.of("cars", TableMetadata.snapshot(ID));

    assertThatThrownBy(() -> spec.takes(COLOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Option 'color' of table 'cars' does not say what it decides");
    assertThat(spec.takes(COLOR.selecting().withDefault("red")).options().getFirst().effect())
        .contains(Option.Effect.SELECTS);
  }

  @Test
  void optionIsDeclaredOnce() {
    TableSpec spec = TableSpec.toldBySource("cars").takes(COLOR.shaping());

    assertThatThrownBy(() -> spec.takes(COLOR.pacing())).hasMessageContaining("'color' twice");
  }

  @Test
  void optionsOfTheRuntimeAreThere() {
    assertThat(TableSpec.of("a", TableMetadata.cdc(ID, "at")).options())
        .containsExactly(BatchOptions.MAX_RECORDS);
    assertThat(TableSpec.of("a", TableMetadata.snapshot(ID)).options())
        .containsExactly(
            BatchOptions.MAX_RECORDS,
            BatchOptions.KEEP_GENERATIONS,
            BatchOptions.KEEP_GENERATIONS_FOR);
    assertThat(TableSpec.toldBySource("a").options())
        .containsExactly(
            BatchOptions.MAX_RECORDS,
            BatchOptions.KEEP_GENERATIONS,
            BatchOptions.KEEP_GENERATIONS_FOR);
  }

  @Test
  void othersAreDescribedByTheirPattern() {
    TableSpec others =
        TableSpec.others("number", Pattern.compile("[0-9]+"), TableMetadata.snapshot(ID));

    assertThat(others.name()).isEqualTo("<number>");
    assertThat(others.describes("17")).isTrue();
    assertThat(others.describes("17a")).isFalse();
    assertThat(others.describes("<number>")).isFalse();
  }

  @Test
  void tableMayTurnOutToBeWithoutDeletesAndNothingElse() {
    TableSpec spec = TableSpec.of("a", TableMetadata.cdcWithDeletes(ID, "at"));

    assertThat(spec.admits(TableMetadata.cdcWithDeletes(ID, "at"))).isTrue();
    assertThat(spec.admits(TableMetadata.cdc(ID, "at"))).isTrue();
    assertThat(spec.admits(TableMetadata.cdc(ID, "at").lackingDeletes("why"))).isTrue();
    assertThat(spec.admits(TableMetadata.cdc(ID, "changed"))).isFalse();
    assertThat(spec.admits(TableMetadata.cdc(PrimaryKey.of("name"), "at"))).isFalse();
    assertThat(spec.admits(TableMetadata.snapshot(ID))).isFalse();
    assertThat(
            TableSpec.of("a", TableMetadata.cdc(ID, "at"))
                .admits(TableMetadata.cdcWithDeletes(ID, "at")))
        .isFalse();
    assertThat(TableSpec.toldBySource("a").admits(TableMetadata.snapshot(ID))).isTrue();
  }
}
