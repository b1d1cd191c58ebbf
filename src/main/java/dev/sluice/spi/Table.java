package dev.sluice.spi;

/** A table of the source, with the options that the pipeline gives for it. */
public record Table(Namespace namespace, String name, Options options) {

  public Table {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A table needs a name");
    }
  }

  public static Table named(String name) {
    return new Table(Namespace.ROOT, name, Options.NONE);
  }

  public Table in(Namespace namespace) {
    return new Table(namespace, name, options);
  }

  public Table with(Options options) {
    return new Table(namespace, name, options);
  }
}
