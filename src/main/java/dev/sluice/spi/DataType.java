package dev.sluice.spi;

import java.util.List;

/** The type of a field. Whole numbers are 64 bits wide. */
public sealed interface DataType {

  /** A type without parts. */
  enum Primitive implements DataType {
    LONG,
    DOUBLE,
    STRING,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    BINARY
  }

  /** An exact number; precision 1 to 38, scale 0 to precision. */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "No such decimal: precision " + precision + ", scale " + scale);
      }
    }
  }

  /** Named fields, whose names are unique. */
  record Struct(List<Field> fields) implements DataType {
    public Struct {
      fields = List.copyOf(fields);
      long names = fields.stream().map(Field::name).distinct().count();
      if (names != fields.size()) {
        throw new IllegalArgumentException(
            "A struct's field names are unique: " + fields.stream().map(Field::name).toList());
      }
    }
  }

  /** A list. */
  record Array(DataType element) implements DataType {}

  /** A map with text keys and values of one type, for objects whose field names are data. */
  record Map(DataType value) implements DataType {}
}
