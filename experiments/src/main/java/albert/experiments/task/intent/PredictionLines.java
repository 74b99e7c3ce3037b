package albert.experiments.task.intent;

import albert.datasets.DataFormatException;
import albert.experiments.InputException;
import albert.experiments.task.kind.InputLine;
import albert.experiments.task.kind.InputLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON lines of predictions, as {@code predict} writes them and as they lie in a run's folder: what
 * is predicted is {@code prediction}, or without such a key {@code label}.
 */
final class PredictionLines {
  private PredictionLines() {}

  /**
   * Every line.
   *
   * @param needed how one should look, for messages
   * @throws DataFormatException with its number, if one is no JSON object
   * @throws InputException if the file can't be read
   */
  static List<InputLine> read(Path file, String needed) {
    List<InputLine> all = new ArrayList<>();
    try (InputLines lines = InputLines.open("--predictions", file)) {
      for (InputLine line = lines.next(needed); line != null; line = lines.next(needed)) {
        all.add(line);
      }
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
    return all;
  }

  /**
   * What a line predicts.
   *
   * @throws DataFormatException if it has neither key
   */
  static String prediction(InputLine line) {
    return line.text(line.object().has("prediction") ? "prediction" : "label");
  }

  /** Numbers as JSON lines have them. */
  static List<Float> numbers(float[] values) {
    List<Float> numbers = new ArrayList<>(values.length);
    for (float value : values) {
      numbers.add(value);
    }
    return numbers;
  }
}
