package dev.sluice.cli;

/** Colors a text, or leaves it. */
enum Palette {
  PLAIN {
    @Override
    String paint(String code, String text) {
      return text;
    }
  },
  COLORED {
    @Override
    String paint(String code, String text) {
      return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  abstract String paint(String code, String text);

  String good(String text) {
    return paint("32", text);
  }

  String notable(String text) {
    return paint("33", text);
  }

  String bad(String text) {
    return paint("31", text);
  }
}
