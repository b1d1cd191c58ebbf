package dev.sluice.spi;

/** A named field; a required one is never null. */
public record Field(String name, DataType type, Presence presence) {

  /** Says whether the field may be null or absent. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A field needs a name");
    }
  }

  public static Field required(String name, DataType type) {
    return new Field(name, type, Presence.REQUIRED);
  }

  public static Field optional(String name, DataType type) {
    return new Field(name, type, Presence.OPTIONAL);
  }

  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }
}
