package dev.sluice.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of a connection or a table as the pipeline file gives them, read through their
 * declarations. It does not print its values: secrets may be among them.
 */
public final class Options {
  public static final Options NONE = of(Map.of());

  private final Map<String, String> values;
  private final String secrets;

  private Options(Map<String, String> values, String secrets) {
    this.values = Map.copyOf(values);
    this.secrets = secrets;
  }

  public static Options of(Map<String, String> values) {
    return new Options(values, "");
  }

  /**
   * Returns the same options, which know where the secrets among them come from.
   *
   * @param secrets for messages, such as {@code `token` (gh.yaml:4, GITHUB_TOKEN)}
   */
  public Options withSecrets(String secrets) {
    return new Options(values, secrets);
  }

  /** Returns the names of the secrets and where they come from; empty when that is not known. */
  public String secrets() {
    return secrets;
  }

  /** Returns the value, or the option's default. */
  public <T> Optional<T> find(Option<T> option) {
    var value = Optional.ofNullable(values.get(option.name())).map(option::parse);
    return value.isPresent() ? value : option.defaultValue();
  }

  /**
   * Returns the value, or the option's default.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when there is neither
   */
  public <T> T get(Option<T> option) {
    return find(option)
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "Missing option '%s': %s".formatted(option.name(), option.description())));
  }

  /** Returns the value, or the option's default, as {@link Option#text} has it. */
  public <T> Optional<String> text(Option<T> option) {
    return find(option).map(option::text);
  }

  public Options with(String name, String value) {
    var changed = new TreeMap<>(values);
    changed.put(name, value);
    return new Options(changed, secrets);
  }

  /**
   * Rejects unknown options by name, missing ones, and values of the wrong type.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION}
   */
  public void check(List<Option<?>> known) {
    var names = known.stream().map(Option::name).sorted().toList();
    for (String name : new TreeMap<>(values).keySet()) {
      if (!names.contains(name)) {
        throw ConnectorException.configuration(
            names.isEmpty()
                ? "Unknown option '%s': there are no options here".formatted(name)
                : "Unknown option '%s'; known are %s".formatted(name, String.join(", ", names)));
      }
    }
    for (Option<?> option : known) {
      if (option.isRequired()) {
        get(option);
      } else {
        find(option);
      }
    }
  }

  /** Returns a fingerprint of all names and values; equal options have equal fingerprints. */
  public String digest() {
    var digest = sha256();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              update(digest, name);
              update(digest, value);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Adds the text with its length, so that two texts never run together. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Options that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(values).keySet().toString();
  }
}
