package dev.sluice.connectors.hubspot;

import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;

/** A property of an object type. HubSpot sends every value as text, or null. */
record Property(String name, Type type) {

  /** Says what the text means. */
  enum Type {
    NUMBER(new DataType.Decimal(38, 18)),
    BOOLEAN(Primitive.BOOLEAN),
    DATE(Primitive.DATE),
    TIMESTAMP(Primitive.TIMESTAMP),
    TEXT(Primitive.STRING);

    private final DataType column;

    Type(DataType column) {
      this.column = column;
    }

    static Type named(String type) {
      return switch (type) {
        case "number" -> NUMBER;
        case "bool" -> BOOLEAN;
        case "date" -> DATE;
        case "datetime" -> TIMESTAMP;
        default -> TEXT;
      };
    }

    DataType column() {
      return column;
    }
  }
}
