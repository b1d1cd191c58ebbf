package dev.sluice.functions.event;

/** An excerpt of outside text, made safe for logs and terminals. */
public final class UntrustedText {
  private static final int LONGEST = 40;

  private UntrustedText() {}

  /** Returns the beginning of the text, with everything but printable ASCII escaped. */
  public static String excerpt(String text) {
    var excerpt = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        excerpt.append(c);
      } else {
        excerpt.append("\\u%04X".formatted((int) c));
      }
    }
    return text.length() > LONGEST ? excerpt + "..." : excerpt.toString();
  }
}
