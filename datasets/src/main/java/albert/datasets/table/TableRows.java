package albert.datasets.table;

import albert.datasets.DataFormatException;
import albert.datasets.text.LabelKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as texts with their labels.
 *
 * @param file it was read from
 * @param rows at least one
 */
record TableRows(Path file, List<Row> rows) {

  /** Copies the rows. */
  TableRows {
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param line that it begins in
   * @param pair null where there is no second text
   * @param labels as they are written; null where they are not known
   */
  record Row(long line, String text, @Nullable String pair, @Nullable List<String> labels) {}

  /**
   * Reads a table.
   *
   * @param labelled whether every row must have a label; without, labels are read where there are
   *     some
   * @throws DataFormatException with file and line, if anything is wrong with it
   * @throws java.io.UncheckedIOException if it can't be read
   */
  static TableRows read(Path file, TableColumns named, LabelFormat labels, boolean labelled) {
    List<Row> rows = new ArrayList<>();
    try (TableFile table = TableFile.open(file)) {
      TableColumns columns = null;
      for (TableRow row = table.next(); row != null; row = table.next()) {
        // in JSON a later row may have the label that the first lacks
        if (columns == null || columns.label().isEmpty()) {
          columns = named.in(file.toString(), row, labelled);
        }
        rows.add(row(file, row, columns, labels, labelled));
      }
    }
    if (rows.isEmpty()) {
      throw new DataFormatException(file.toString(), "it has no rows");
    }
    return new TableRows(file, rows);
  }

  private static Row row(
      Path file, TableRow row, TableColumns columns, LabelFormat format, boolean labelled) {
    requireColumns(file, row, columns, labelled);
    String pair = columns.pair().isEmpty() ? null : row.text(columns.pair());
    List<String> labels = null;
    if (!columns.label().isEmpty() && row.columns().contains(columns.label())) {
      List<String> values = row.values(columns.label());
      try {
        boolean unknown =
            !labelled && format.kind() != LabelKind.MULTI_LABEL && format.read(values).isEmpty();
        labels = unknown ? null : format.readKnown(values);
      } catch (IllegalArgumentException e) {
        throw new DataFormatException(file.toString(), row.line(), String.valueOf(e.getMessage()));
      }
    }
    return new Row(row.line(), row.text(columns.text()), pair, labels);
  }

  /** The columns of a first row may be missing in another, in JSON. */
  private static void requireColumns(
      Path file, TableRow row, TableColumns columns, boolean labelled) {
    String label = labelled ? columns.label() : "";
    for (String column : List.of(columns.text(), columns.pair(), label)) {
      if (!column.isEmpty() && !row.columns().contains(column)) {
        throw new DataFormatException(
            file.toString(),
            row.line(),
            String.format(
                Locale.ROOT,
                "it has no key '%s', only %s",
                column,
                String.join(", ", row.columns())));
      }
    }
  }
}
