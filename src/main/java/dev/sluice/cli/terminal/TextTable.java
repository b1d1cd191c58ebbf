package dev.sluice.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table of text cells, aligned in columns with two blanks between them. */
public final class TextTable {
  private static final String GAP = "  ";

  /** The side of a column on which its cells are aligned. */
  public enum Side {
    LEFT,
    RIGHT
  }

  private final List<Side> sides;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<Side> sides) {
    this.sides = sides;
  }

  public static TextTable of(Side... sides) {
    return new TextTable(List.of(sides));
  }

  /** Returns a table whose columns are all aligned left. */
  public static TextTable of(String... header) {
    var grid = new TextTable(List.of(header).stream().map(cell -> Side.LEFT).toList());
    return grid.row(header);
  }

  public TextTable row(String... cells) {
    if (cells.length != sides.size()) {
      throw new IllegalArgumentException(
          "A row of %d cells in a table of %d columns".formatted(cells.length, sides.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Returns one text for each row, without blanks at its end. */
  public List<String> lines() {
    int[] widths = new int[sides.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - width(cell));
      line.append(i == 0 ? "" : GAP)
          .append(sides.get(i) == Side.LEFT ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  /** Returns the visible width, without the color codes. */
  private static int width(String cell) {
    return cell.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }
}
