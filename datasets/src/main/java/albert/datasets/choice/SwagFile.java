package albert.datasets.choice;

import albert.datasets.DataFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of SWAG (aclanthology.org/D18-1009), or one that has its columns: {@code sent1} is the
 * passage, {@code sent2} what the choices {@code ending0} to {@code ending3} go on with, {@code
 * label} the number of the right one. Other columns may be there, in any order. A question is
 * called by the number of its row, from 0.
 */
final class SwagFile {
  private static final String PASSAGE = "sent1";
  private static final String QUESTION = "sent2";
  private static final List<String> CHOICES = List.of("ending0", "ending1", "ending2", "ending3");
  private static final String LABEL = "label";
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final CSVParser parser;
  private final List<String> header;
  private final boolean labelled;

  private SwagFile(Path file, CSVParser parser, List<String> header, boolean labelled) {
    this.file = file;
    this.parser = parser;
    this.header = header;
    this.labelled = labelled;
  }

  /**
   * Reads a file.
   *
   * @param labelled whether it has to have labels; otherwise it may
   * @throws DataFormatException with file and line, if it is malformed
   */
  static void read(Path file, boolean labelled, QuestionList questions) throws IOException {
    try (CSVParser parser =
        CSVFormat.DEFAULT.parse(
            new BufferedReader(
                new InputStreamReader(
                    Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())))) {
      read(file, labelled, parser, questions);
    }
  }

  private static void read(Path file, boolean labelled, CSVParser parser, QuestionList questions) {
    Iterator<CSVRecord> rows = parser.iterator();
    long last = 0;
    try {
      if (!rows.hasNext()) {
        throw new DataFormatException(file.toString(), "it is empty, expected is a header");
      }
      List<String> header = rows.next().stream().map(SwagFile::withoutMark).toList();
      SwagFile read = new SwagFile(file, parser, header, labelled);
      read.requireColumns();
      last = parser.getCurrentLineNumber();
      for (int row = 0; rows.hasNext(); row++) {
        questions.add(file, read.question(row, rows.next()));
        last = parser.getCurrentLineNumber();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? new DataFormatException(file.toString(), "it is not UTF-8 text")
          : new DataFormatException(
              file.toString(),
              last + 1,
              "a quotation mark is not closed, or something follows a closing one");
    }
  }

  private static String withoutMark(String name) {
    return name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name;
  }

  private void requireColumns() {
    requireColumn(PASSAGE);
    requireColumn(QUESTION);
    CHOICES.forEach(this::requireColumn);
    if (labelled) {
      requireColumn(LABEL);
    }
  }

  private void requireColumn(String name) {
    if (header.indexOf(name) < 0 || header.indexOf(name) != header.lastIndexOf(name)) {
      throw new DataFormatException(
          file.toString(),
          1,
          String.format(
              Locale.ROOT,
              "it has %s column %s, the columns are '%s'",
              header.contains(name) ? "more than one" : "no",
              name,
              String.join("', '", header)));
    }
  }

  private ChoiceQuestion question(int row, CSVRecord values) {
    if (values.size() != header.size()) {
      throw problem(
          values,
          String.format(
              Locale.ROOT, "it has %d columns, the header has %d", values.size(), header.size()));
    }
    return new ChoiceQuestion(
        Integer.toString(row),
        "",
        value(values, PASSAGE),
        value(values, QUESTION),
        CHOICES.stream().map(name -> value(values, name)).toList(),
        labelled || header.contains(LABEL) ? label(values) : ChoiceQuestion.UNKNOWN);
  }

  private String value(CSVRecord values, String column) {
    return values.get(header.indexOf(column));
  }

  private int label(CSVRecord values) {
    String label = value(values, LABEL);
    int index = label.length() == 1 ? label.charAt(0) - '0' : -1;
    if (index < 0 || index >= CHOICES.size()) {
      throw problem(
          values,
          String.format(
              Locale.ROOT, "the label is '%s', allowed are 0 to %d", label, CHOICES.size() - 1));
    }
    return index;
  }

  /** About a row, with the line where it begins. */
  private DataFormatException problem(CSVRecord values, String what) {
    long breaks = values.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    return new DataFormatException(file.toString(), parser.getCurrentLineNumber() - breaks, what);
  }
}
