package dev.sluice.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Ways to damage a text. A text of bytes has a character for each. */
public enum Mutation {
  DELETE {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int from = chance.below(text.length());
      text.delete(from, Math.min(text.length(), from + 1 + chance.length(20)));
    }
  },
  TRUNCATE {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      text.setLength(chance.below(text.length()));
    }
  },
  REPEAT {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int from = chance.below(text.length());
      int to = Math.min(text.length(), from + 1 + chance.length(20));
      text.insert(to, text.substring(from, to).repeat(1 + chance.length(4)));
    }
  },
  MOVE {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int from = chance.below(text.length());
      int to = Math.min(text.length(), from + 1 + chance.length(20));
      String part = text.substring(from, to);
      text.delete(from, to).insert(chance.below(text.length() + 1), part);
    }
  },
  SPLICE {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      String other = chance.of(corpus);
      text.setLength(chance.below(text.length()));
      text.append(other.substring(chance.below(other.length() + 1)));
    }
  },
  FLIP_BIT {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int at = chance.below(text.length());
      text.setCharAt(at, (char) (text.charAt(at) ^ 1 << chance.below(8)));
    }
  },
  ANY_BYTE {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      text.insert(chance.below(text.length() + 1), (char) chance.below(256));
    }
  },
  TOKEN {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      text.insert(chance.below(text.length() + 1), chance.of(TOKENS));
    }
  },
  NUMBER {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int at = chance.below(text.length());
      for (int i = at; i < text.length(); i++) {
        if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
          text.replace(i, i + 1, chance.of(JsonGrammar.NUMBERS));
          return;
        }
      }
    }
  },
  NEST {
    @Override
    void apply(StringBuilder text, Chance chance, List<String> corpus) {
      int times = chance.of(2, 60, 1_100, 10_200);
      text.insert(
          chance.below(text.length() + 1), chance.of("[", "{\"a\":", "(", "<").repeat(times));
    }
  };

  private static final String[] TOKENS = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "true",
    "{}",
    "[]",
    "\\u0000",
    "\\ud800",
    "\\",
    "\u0000",
    "\r\n",
    "\n",
    "\t",
    " ",
    "<",
    ">",
    ";",
    "=",
    "&",
    "*",
    "!",
    "|",
    "- ",
    "? ",
    "%",
    "%00",
    "..",
    "/",
    "~",
    "\u00EF\u00BB\u00BF",
    "\u00C0\u00AF",
    "\u00ED\u00A0\u0080",
    "\u00F4\u0090\u0080\u0080",
    "\u00FF",
    "\u00E2\u0080",
    "${env:X}",
    "---",
    "<<: ",
    "\u0085",
    "-0",
    "1e400",
    "'",
    "`",
    "#",
    "@"
  };

  /** Changes a text that is not empty. */
  abstract void apply(StringBuilder text, Chance chance, List<String> corpus);

  /** One of the good texts with up to four damages. */
  public static String damage(List<String> corpus, Chance chance) {
    var text = new StringBuilder(chance.of(corpus));
    for (int i = chance.below(4); i >= 0 && !text.isEmpty(); i--) {
      chance.counted(values()).apply(text, chance, corpus);
    }
    return text.toString();
  }

  /** All of them, for who expects that each has happened. */
  public static String[] and(String... outcomes) {
    return Stream.concat(Arrays.stream(outcomes), Arrays.stream(values()).map(Mutation::name))
        .toArray(String[]::new);
  }
}
