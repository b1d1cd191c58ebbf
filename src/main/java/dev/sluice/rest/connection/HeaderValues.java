package dev.sluice.rest.connection;

import dev.sluice.spi.ConnectorException;

/** A check of what goes into a header, which may come from a secret. */
public final class HeaderValues {
  private static final int LAST = 0xFF;

  private HeaderValues() {}

  /** Returns a value that a header can carry; refuses every other without quoting it. */
  public static String requireSendable(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((Character.isISOControl(c) && c != '\t') || c > LAST) {
        throw ConnectorException.configuration(
            "the header %s cannot carry the character U+%04X at place %d of its value; correct the credential or the option that it is made of"
                .formatted(name, (int) c, i + 1));
      }
    }
    return value;
  }
}
