package albert.datasets.table;

import albert.datasets.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table's column of labels alone: right answers, or predictions.
 *
 * @param file it was read from
 * @param rows their lines and labels; at least one
 */
public record LabelledColumn(Path file, List<Row> rows) {

  /** Copies the rows. */
  public LabelledColumn {
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param line that it begins in
   * @param labels as they are written
   */
  public record Row(long line, List<String> labels) {}

  /**
   * Reads a column.
   *
   * @param names of the column, of which the first that is there is read
   * @throws DataFormatException with file and line, if it is not there or malformed
   * @throws java.io.UncheckedIOException if the file can't be read
   */
  public static LabelledColumn read(Path file, List<String> names, LabelFormat format) {
    List<Row> rows = new ArrayList<>();
    try (TableFile table = TableFile.open(file)) {
      for (TableRow row = table.next(); row != null; row = table.next()) {
        rows.add(row(file, row, names, format));
      }
    }
    if (rows.isEmpty()) {
      throw new DataFormatException(file.toString(), "it has no rows");
    }
    return new LabelledColumn(file, rows);
  }

  private static Row row(Path file, TableRow row, List<String> names, LabelFormat format) {
    String column =
        names.stream()
            .filter(row.columns()::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    TableColumns.Header.of(file.toString(), row)
                        .problem("no column is called " + String.join(" or ", names)));
    try {
      return new Row(row.line(), format.readKnown(row.values(column)));
    } catch (IllegalArgumentException e) {
      throw new DataFormatException(file.toString(), row.line(), String.valueOf(e.getMessage()));
    }
  }

  /** All labels in it. */
  public Set<String> labels() {
    Set<String> labels = new TreeSet<>();
    rows.forEach(row -> labels.addAll(row.labels()));
    return labels;
  }

  /**
   * Its labels as numbers, see {@link albert.datasets.text.TextExample#labels()}.
   *
   * @param format with the names of all labels
   * @throws DataFormatException with file and line, if a label is not known
   */
  public double[][] codes(LabelFormat format) {
    LabelCoder coder = LabelCoder.of(format);
    double[][] codes = new double[rows.size()][];
    for (int i = 0; i < codes.length; i++) {
      try {
        codes[i] =
            coder.code(rows.get(i).labels()).stream().mapToDouble(Double::doubleValue).toArray();
      } catch (IllegalArgumentException e) {
        throw new DataFormatException(
            file.toString(), rows.get(i).line(), String.valueOf(e.getMessage()));
      }
    }
    return codes;
  }
}
