package albert.datasets.text;

import albert.datasets.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one of a GLUE task's files. Columns are found by the names in its first line, so that the
 * twelve columns of MNLI's training file and the sixteen of its dev files need no layouts of their
 * own; columns that the task does not need may be there. Every row must have as many fields as the
 * first line.
 */
final class GlueFile {
  private static final Logger LOG = LoggerFactory.getLogger(GlueFile.class);

  /** CoLA's files have this layout and no header, but for the test file. */
  private static final String[] COLA = {"source", "label", "original_label", "sentence"};

  private final GlueTask task;
  private final Path file;
  private final boolean labelled;
  private int skipped;

  /**
   * @param labelled whether every row must have a label; without it labels are read where there are
   *     some
   */
  GlueFile(GlueTask task, Path file, boolean labelled) {
    this.task = task;
    this.file = file;
    this.labelled = labelled;
  }

  /** Where a row's parts are; -1 for none. */
  private record Columns(int count, int text, int pair, int label) {}

  /**
   * Its rows, named by their numbers from 0, which is what GLUE's submissions call them: the
   * columns {@code index} and {@code id} repeat in some files.
   *
   * @throws DataFormatException with the line, if there is anything wrong with it
   * @throws java.io.UncheckedIOException if it can't be read
   */
  List<TextExample> read() {
    List<TextExample> examples = new ArrayList<>();
    try (TsvFile lines = new TsvFile(file)) {
      String[] first = lines.next();
      if (first == null) {
        throw new DataFormatException(file.toString(), "it is empty, expected a header and rows");
      }
      boolean headless = task == GlueTask.COLA && labelled;
      Columns columns = columns(lines, headless ? COLA : first);
      for (String[] row = headless ? first : lines.next(); row != null; row = lines.next()) {
        if (row.length == columns.count) {
          examples.add(example(lines, columns, row, examples.size()));
        } else {
          wrongCount(lines, columns, row);
        }
      }
    }
    if (examples.isEmpty()) {
      throw new DataFormatException(file.toString(), "it has a header and no rows");
    }
    if (skipped > 0) {
      LOG.warn(
          "{}: {} rows that do not have the header's number of columns are left out, as in the"
              + " published readers",
          file,
          skipped);
    }
    return examples;
  }

  private Columns columns(TsvFile lines, String[] header) {
    List<String> names = Arrays.asList(header);
    GlueTask.ColumnNames wanted = task.columns(names);
    int label = names.indexOf(wanted.label());
    if (labelled && label < 0) {
      throw missing(lines, wanted.label(), names);
    }
    String pair = wanted.pair();
    return new Columns(
        header.length,
        column(lines, wanted.text(), names),
        pair == null ? -1 : column(lines, pair, names),
        label);
  }

  private int column(TsvFile lines, String name, List<String> names) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw missing(lines, name, names);
    }
    if (index != names.lastIndexOf(name)) {
      throw lines.wrong(String.format(Locale.ROOT, "two columns are called '%s'", name));
    }
    return index;
  }

  private DataFormatException missing(TsvFile lines, String name, List<String> names) {
    return lines.wrong(
        String.format(
            Locale.ROOT,
            "no column is called '%s', which task %s needs; found: %s",
            name,
            task.id(),
            shortened(String.join(", ", names))));
  }

  private void wrongCount(TsvFile lines, Columns columns, String[] row) {
    if (!task.hasBrokenRows()) {
      throw lines.wrong(
          String.format(
              Locale.ROOT,
              "%d tab-separated columns, expected %d: %s",
              row.length,
              columns.count,
              shortened(String.join("\t", row))));
    }
    skipped++;
  }

  private TextExample example(TsvFile lines, Columns columns, String[] row, int number) {
    double label = Double.NaN;
    if (columns.label >= 0) {
      try {
        label = task.parseLabel(row[columns.label]);
      } catch (IllegalArgumentException e) {
        throw lines.wrong(String.valueOf(e.getMessage()));
      }
    }
    return new TextExample(String.valueOf(number), row[columns.text], pair(columns, row), label);
  }

  private static @Nullable String pair(Columns columns, String[] row) {
    return columns.pair < 0 ? null : row[columns.pair];
  }

  private static String shortened(String line) {
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
