package albert.experiments.task.text;

import albert.datasets.DataFormatException;
import albert.datasets.text.GlueTask;
import albert.evaluation.PlainNumber;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Predictions as GLUE's server takes them (gluebenchmark.com, "FAQ"): a header {@code index},
 * {@code prediction}, then a row an example with its 0-based index and the label's text, or the
 * number of a regression.
 */
final class GlueSubmission {
  private static final String HEADER = "index\tprediction";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private GlueSubmission() {}

  /**
   * Reads predictions, one for each of n examples in any order.
   *
   * @return by index: the class's index in {@link GlueTask#labels()}, or the value
   * @throws DataFormatException with file and line: a wrong header or number of columns, an index
   *     that is none, is repeated or missing, a label that the task does not have
   */
  public static double[] read(Path file, GlueTask task, int n) {
    List<String> lines = lines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new DataFormatException(
          file.toString(),
          1,
          String.format(
              Locale.ROOT,
              "the header is '%s', expected is 'index', a tab and 'prediction'",
              lines.isEmpty() ? "" : shortened(lines.get(0))));
    }
    double[] predictions = new double[n];
    int[] lineOf = new int[n];
    for (int i = 1; i < lines.size(); i++) {
      int line = i + 1;
      String[] columns = lines.get(i).split("\t", -1);
      if (columns.length != 2) {
        throw new DataFormatException(
            file.toString(),
            line,
            String.format(Locale.ROOT, "it has %d columns, expected are 2", columns.length));
      }
      int index = index(file, line, columns[0], n);
      if (lineOf[index] != 0) {
        throw new DataFormatException(
            file.toString(),
            line,
            String.format(
                Locale.ROOT, "index %d is repeated, first in line %d", index, lineOf[index]));
      }
      lineOf[index] = line;
      predictions[index] = prediction(file, line, columns[1], task);
    }
    requireAll(file, lineOf);
    return predictions;
  }

  /**
   * The content of a file of predictions.
   *
   * @param predictions by index, as {@link #read} gives them
   */
  public static String text(GlueTask task, double[] predictions) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (int index = 0; index < predictions.length; index++) {
      text.append(index).append('\t').append(task.submissionText(predictions[index])).append('\n');
    }
    return text.toString();
  }

  private static List<String> lines(Path file) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      return body.isEmpty() ? List.of() : Arrays.asList(body.split("\r?\n", 0));
    } catch (CharacterCodingException e) {
      throw new DataFormatException(file.toString(), "it is not UTF-8", e);
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
  }

  private static int index(Path file, int line, String text, int n) {
    long index = PlainNumber.whole(text).orElse(-1);
    if (index < 0 || index >= n) {
      throw new DataFormatException(
          file.toString(),
          line,
          String.format(Locale.ROOT, "index is '%s', allowed are 0 to %d", shortened(text), n - 1));
    }
    return (int) index;
  }

  private static double prediction(Path file, int line, String text, GlueTask task) {
    try {
      return task.parsePrediction(text);
    } catch (IllegalArgumentException e) {
      throw new DataFormatException(file.toString(), line, String.valueOf(e.getMessage()));
    }
  }

  private static void requireAll(Path file, int[] lineOf) {
    int[] missing = IntStream.range(0, lineOf.length).filter(i -> lineOf[i] == 0).toArray();
    if (missing.length > 0) {
      throw new DataFormatException(
          file.toString(),
          String.format(
              Locale.ROOT,
              "index %d has no prediction; %d of %d have none",
              missing[0],
              missing.length,
              lineOf.length));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
