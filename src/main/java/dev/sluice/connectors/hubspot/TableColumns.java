package dev.sluice.connectors.hubspot;

import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.Schema;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table: HubSpot's own, one for each kind of association, and the properties. */
record TableColumns(List<String> associations, Properties properties, PropertyValues values) {
  private static final DataType IDS = new DataType.Array(Primitive.STRING);
  private static final DataType ASSOCIATIONS =
      new DataType.Array(
          new DataType.Struct(
              List.of(
                  Field.optional("id", Primitive.STRING),
                  Field.optional("category", Primitive.STRING),
                  Field.optional("typeId", Primitive.LONG),
                  Field.optional("label", Primitive.STRING))));

  Schema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.required("id", Primitive.STRING));
    fields.add(Field.optional("createdAt", Primitive.TIMESTAMP));
    fields.add(Field.optional("updatedAt", Primitive.TIMESTAMP));
    fields.add(Field.optional("archived", Primitive.BOOLEAN));
    associations.forEach(type -> fields.add(Field.optional(type, IDS)));
    if (!associations.isEmpty()) {
      fields.add(
          Field.optional(
              "associations",
              new DataType.Struct(
                  associations.stream().map(type -> Field.optional(type, ASSOCIATIONS)).toList())));
    }
    fields.add(
        Field.optional(
            "properties",
            new DataType.Struct(
                properties.all().stream()
                    .map(property -> Field.optional(property.name(), values.column(property)))
                    .toList())));
    return new Schema(fields);
  }
}
