package albert.experiments.task.kind;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.experiments.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * JSON lines of predictions: as they lie in a run's folder, and as {@code score} takes them, which
 * takes what {@code predict} writes, too.
 */
public final class PredictionLines {
  private PredictionLines() {}

  /**
   * Writes a file {@code PART.jsonl}.
   *
   * @param folder of predictions
   * @param part of the data set
   * @param rows how many lines
   * @param line the object of each
   */
  public static void write(
      Path folder, String part, int rows, IntFunction<Map<String, Object>> line)
      throws IOException {
    AtomicFiles.write(
        folder.resolve(part + ".jsonl"),
        out -> {
          for (int row = 0; row < rows; row++) {
            String json = CanonicalJson.write(line.apply(row)) + "\n";
            out.write(json.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /**
   * Every line of the file of {@code --predictions}.
   *
   * @param needed how one should look, for messages
   * @throws DataFormatException with its number, if one is no JSON object
   * @throws InputException if there is no such file
   * @throws UncheckedIOException if it can't be read
   */
  public static List<JsonLine> read(Path file, String needed) {
    List<JsonLine> all = new ArrayList<>();
    try (JsonLines lines = InputLines.open("--predictions", file)) {
      for (JsonLine line = lines.next(needed); line != null; line = lines.next(needed)) {
        all.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /**
   * The text of one of two keys.
   *
   * @param first is taken where it is there
   * @throws DataFormatException if neither is, or it has no text
   */
  public static String text(JsonLine line, String first, String otherwise) {
    return line.text(line.object().has(first) ? first : otherwise);
  }

  /** Numbers as JSON lines have them. */
  public static List<Float> numbers(float[] values) {
    List<Float> numbers = new ArrayList<>(values.length);
    for (float value : values) {
      numbers.add(value);
    }
    return numbers;
  }

  /**
   * The same by name, in the order of the names.
   *
   * @param names one a number
   */
  public static Map<String, Float> numbers(List<String> names, float[] values) {
    Map<String, Float> numbers = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      numbers.put(names.get(i), values[i]);
    }
    return numbers;
  }
}
