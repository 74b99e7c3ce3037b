package albert.datasets.table;

import albert.datasets.DataFormatException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the columns of a table are called.
 *
 * @param text the text, or the first of a pair; empty for the one of {@code text}, {@code sentence}
 *     and {@code sentence1} that is there
 * @param pair the second text; empty for none
 * @param label what is to be predicted; empty for the column of that name, or of its plural
 */
public record TableColumns(String text, String pair, String label) {
  private static final List<String> TEXTS = List.of("text", "sentence", "sentence1");
  private static final String SECOND = "sentence2";
  private static final List<String> LABELS = List.of("label", "labels");
  private static final int MOST_SHOWN = 30;

  /** What the column of labels may be called. */
  List<String> labels() {
    return label.isEmpty() ? LABELS : List.of(label);
  }

  /**
   * The names of a table's columns.
   *
   * @param file the table, for messages
   * @param first its header, or first row
   * @param labelled whether it must have labels; without, the label may be empty
   * @throws DataFormatException if a column is not there, or it is not clear which is meant
   */
  TableColumns in(String file, TableRow first, boolean labelled) {
    Header header = Header.of(file, first);
    String own = header.named(text, "text_column", TEXTS);
    if (text.isEmpty() && pair.isEmpty() && own.equals("sentence1") && header.has(SECOND)) {
      throw header.problem(
          "there are 'sentence1' and 'sentence2': pair_column sentence2 reads both, text_column"
              + " sentence1 the first alone");
    }
    String second = pair.isEmpty() ? "" : header.named(pair, "pair_column", List.of());
    boolean hasLabel = labels().stream().anyMatch(header::has);
    String right = labelled || hasLabel ? header.named(label, "label_column", LABELS) : "";
    if (own.equals(second) || own.equals(right) || (!second.isEmpty() && second.equals(right))) {
      throw header.problem(
          String.format(
              Locale.ROOT,
              "text, pair and label are the columns '%s', '%s' and '%s', needed are different ones",
              own,
              second,
              right));
    }
    return new TableColumns(own, second, right);
  }

  /** The columns that there are. */
  record Header(String file, long line, Collection<String> columns) {
    static Header of(String file, TableRow row) {
      return new Header(file, row.namesLine(), row.columns());
    }

    boolean has(String name) {
      return columns.contains(name);
    }

    String named(String name, String key, List<String> guesses) {
      if (!name.isEmpty()) {
        if (!has(name)) {
          throw problem(
              String.format(Locale.ROOT, "no column is called '%s', as %s says", name, key));
        }
        return name;
      }
      List<String> found = guesses.stream().filter(this::has).toList();
      if (found.size() != 1) {
        throw problem(
            String.format(
                Locale.ROOT,
                "%s column is called %s, so %s must name it",
                found.isEmpty() ? "no" : "more than one",
                String.join(" or ", guesses),
                key));
      }
      return found.get(0);
    }

    DataFormatException problem(String what) {
      String others = columns.size() > MOST_SHOWN ? ", …" : "";
      String all =
          columns.stream()
              .limit(MOST_SHOWN)
              .map(name -> "'" + name + "'")
              .collect(Collectors.joining(", "));
      boolean semicolons = columns.size() == 1 && all.contains(";");
      return new DataFormatException(
          file,
          line,
          String.format(
              Locale.ROOT,
              "%s; the columns are %s%s%s",
              what,
              all,
              others,
              semicolons ? " (a first line sep=; says that semicolons separate them)" : ""));
    }
  }
}
