package albert.experiments.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows of what was written to it, by the few sequences that the suite uses. */
public final class Screen {

  private static final Pattern PIECE =
      Pattern.compile("\u001b\\[(?<argument>\\??[0-9]*)(?<command>[A-Za-z])|(?<letter>[^\u001b])");

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;
  private boolean breaks = true;

  private Screen(int columns) {
    this.columns = columns;
  }

  /**
   * Its rows, without blank ones at the end.
   *
   * @param columns how wide it is
   */
  public static List<String> of(String written, int columns) {
    Screen screen = new Screen(columns);
    Matcher pieces = PIECE.matcher(written);
    int end = 0;
    while (pieces.find()) {
      if (pieces.start() != end) {
        throw new AssertionError("an unknown sequence in " + written.substring(end));
      }
      end = pieces.end();
      String letter = pieces.group("letter");
      if (letter != null) {
        screen.show(letter.charAt(0));
      } else {
        screen.obey(pieces.group("argument") + pieces.group("command"));
      }
    }
    List<String> shown = new ArrayList<>();
    screen.rows.forEach(row -> shown.add(row.toString().stripTrailing()));
    while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
      shown.remove(shown.size() - 1);
    }
    return shown;
  }

  private void obey(String sequence) {
    switch (sequence) {
      case "?7l" -> breaks = false;
      case "?7h" -> breaks = true;
      case "K", "J" -> {
        current().setLength(Math.min(column, current().length()));
        if (sequence.equals("J")) {
          rows.subList(row + 1, rows.size()).clear();
        }
      }
      default -> {
        if (!sequence.matches("[0-9]+A")) {
          throw new AssertionError("an unknown sequence " + sequence);
        }
        row = Math.max(0, row - Integer.parseInt(sequence.substring(0, sequence.length() - 1)));
      }
    }
  }

  private void show(char letter) {
    if (letter == '\r') {
      column = 0;
    } else if (letter == '\n') {
      nextRow();
    } else {
      if (column == columns && breaks) {
        nextRow();
      }
      column = Math.min(column, columns - 1);
      while (current().length() <= column) {
        current().append(' ');
      }
      current().setCharAt(column++, letter);
    }
  }

  private void nextRow() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  private StringBuilder current() {
    return rows.get(row);
  }
}
