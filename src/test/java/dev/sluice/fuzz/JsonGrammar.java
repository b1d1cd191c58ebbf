package dev.sluice.fuzz;

import java.util.function.Supplier;

/** JSON that is well-formed, however strange. */
public final class JsonGrammar {
  static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "1.10",
    "0.0",
    "-0.0",
    "1e400",
    "-1E-400",
    "1e2147483648",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551617",
    "2147483648",
    "0.30000000000000000000000000000000000004",
    "1e1",
    "123456789012345678901234567890"
  };
  private static final String[] STRINGS = {
    "",
    "a",
    "id",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "\\ud83d\\ude00",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\u00FC",
    "\u6771\u4EAC",
    "\uD83D\uDE00",
    "\u2028",
    "]}",
    "{\\\"a\\\":1}",
    "null",
    "2026-01-01T00:00:00Z",
    "items",
    "next",
    "\uFEFF",
    "\\u000a"
  };

  private final Chance chance;
  private int left;

  private JsonGrammar(Chance chance, int tokens) {
    this.chance = chance;
    this.left = tokens;
  }

  /** Any value of at most so many values. */
  public static String value(Chance chance, int size) {
    return new JsonGrammar(chance, size).value();
  }

  public static String object(Chance chance, int size) {
    return new JsonGrammar(chance, size).object();
  }

  /** Names may be there twice, and empty. */
  public static String string(Chance chance) {
    var text = new StringBuilder("\"");
    for (int i = chance.length(3); i >= 0; i--) {
      text.append(chance.of(STRINGS));
    }
    return text.append('"').toString();
  }

  public static String blanks(Chance chance) {
    return chance.oneIn(4) ? chance.of(" ", "\n", "\r\n", "\t", " \r ", "  \n\n ") : "";
  }

  private String value() {
    left--;
    return switch (left < 0 ? chance.below(4) : chance.below(8)) {
      case 0 -> chance.of("null", "true", "false");
      case 1 -> chance.of(NUMBERS);
      case 2, 3 -> string(chance);
      case 4, 5 -> object();
      default -> list('[', ']', this::value);
    };
  }

  private String object() {
    return list('{', '}', () -> name() + blanks(chance) + ":" + blanks(chance) + value());
  }

  /** Seldom with half of a surrogate pair, at which the parser ends the whole document. */
  private String name() {
    String name = string(chance);
    boolean plain = !name.contains("\\ud") || chance.oneIn(20);
    return plain ? name : "\"x\"";
  }

  private String list(char open, char close, Supplier<String> element) {
    var text = new StringBuilder().append(open).append(blanks(chance));
    for (int i = chance.below(5); i > 0; i--) {
      text.append(element.get()).append(blanks(chance));
      if (i > 1) {
        text.append(',').append(blanks(chance));
      }
    }
    return text.append(close).toString();
  }
}
