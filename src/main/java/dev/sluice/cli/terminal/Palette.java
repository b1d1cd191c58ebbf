package dev.sluice.cli.terminal;

/** Colors a text, or leaves it unchanged. */
public enum Palette {
  PLAIN {
    @Override
    public String paint(String code, String text) {
      return text;
    }
  },
  COLORED {
    @Override
    public String paint(String code, String text) {
      return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  public abstract String paint(String code, String text);

  public String good(String text) {
    return paint("32", text);
  }

  String notable(String text) {
    return paint("33", text);
  }

  String bad(String text) {
    return paint("31", text);
  }
}
