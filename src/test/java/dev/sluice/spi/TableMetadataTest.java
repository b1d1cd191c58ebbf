package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableMetadataTest {

  @Test
  void everyTypeHasWhatItNeeds() {
    var key = PrimaryKey.of("owner", "id");

    assertThat(TableMetadata.snapshot(key).cursorField()).isEmpty();
    assertThat(TableMetadata.append("at").primaryKeys()).isEmpty();
    assertThat(TableMetadata.cdc(key, "at").primaryKeys()).containsExactly("owner", "id");
    assertThat(TableMetadata.cdcWithDeletes(key, "at").cursorField()).contains("at");
  }

  @Test
  void aPipelineMayNameOtherKeysAndAnotherCursor() {
    var metadata =
        TableMetadata.cdc(PrimaryKey.of("id"), "at")
            .withPrimaryKey(PrimaryKey.of("node_id"))
            .withCursorField("changed");

    assertThat(metadata).isEqualTo(TableMetadata.cdc(PrimaryKey.of("node_id"), "changed"));
  }

  @Test
  void aSnapshotHasNoCursor() {
    assertThatThrownBy(() -> TableMetadata.snapshot(PrimaryKey.of("id")).withCursorField("at"))
        .hasMessageContaining("remove 'sequence_by: at'");
  }

  @Test
  void namesAreNotBlank() {
    assertThatThrownBy(() -> PrimaryKey.of("id", " ")).hasMessageContaining("named fields");
    assertThatThrownBy(() -> TableMetadata.append(" ")).hasMessageContaining("needs a name");
  }
}
