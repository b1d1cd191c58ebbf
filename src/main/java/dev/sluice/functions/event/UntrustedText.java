package dev.sluice.functions.event;

/** Text that somebody else wrote, made fit for a message. */
public final class UntrustedText {
  private static final int LONGEST = 40;

  private UntrustedText() {}

  /** Its beginning, without anything that a log or a terminal could take for more than text. */
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
