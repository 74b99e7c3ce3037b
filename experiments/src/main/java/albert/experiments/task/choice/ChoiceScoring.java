package albert.experiments.task.choice;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.choice.ChoiceTask;
import albert.experiments.InputException;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.PredictionLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores predictions against the official files: JSON lines in any order, one a question, with its
 * {@code id} and {@code prediction}, or {@code label} as {@code predict} writes it: the index or
 * the letter of a choice.
 */
final class ChoiceScoring {
  private static final String LINE = "{\"id\": …, \"prediction\": …}";
  private static final int MISSING = -1;
  private static final int LETTERS = 26;

  private final Path file;
  private final List<ChoiceQuestion> questions;
  private final Map<String, Integer> rows = new HashMap<>();
  private final int[] predictions;

  private ChoiceScoring(Path file, List<ChoiceQuestion> questions) {
    this.file = file;
    this.questions = questions;
    questions.forEach(question -> rows.put(question.id(), rows.size()));
    predictions = new int[questions.size()];
    Arrays.fill(predictions, MISSING);
  }

  /**
   * Scores predictions.
   *
   * @param gold the official file; of RACE also a folder of them
   * @throws DataFormatException with file and line, if a file is malformed or they do not fit each
   *     other
   * @throws InputException if there are no predictions
   * @throws java.io.UncheckedIOException if one can't be read
   */
  static OfficialScores score(ChoiceTask task, Path gold, Path predictions) {
    ChoiceScoring scoring = new ChoiceScoring(predictions, task.readLabelled(gold));
    scoring.read();
    return scoring.scores(task);
  }

  private OfficialScores scores(ChoiceTask task) {
    Map<String, @Nullable Double> values = new LinkedHashMap<>();
    new ChoiceFigures(questions)
        .of(row -> predictions[row], task.id(), "gold", OfficialScores.OF_FILES)
        .forEach(score -> values.put(score.metric(), score.value()));
    return new OfficialScores(task.id(), questions.size(), values, OfficialScores.OF_FILES);
  }

  private void read() {
    PredictionLines.read(file, LINE).forEach(this::read);
    long missing = Arrays.stream(predictions).filter(prediction -> prediction == MISSING).count();
    for (int row = 0; row < predictions.length; row++) {
      if (predictions[row] == MISSING) {
        throw new DataFormatException(
            file.toString(),
            String.format(
                Locale.ROOT,
                "question %s has no prediction; %d of %d have none",
                questions.get(row).id(),
                missing,
                predictions.length));
      }
    }
  }

  private void read(JsonLine line) {
    JsonNode id = line.object().path("id");
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw line.problem("has no id that is a text or a whole number, needed is " + LINE);
    }
    Integer row = rows.get(id.asText());
    if (row == null) {
      throw line.problem("there is no question " + id.asText() + " in the gold data");
    }
    if (predictions[row] != MISSING) {
      throw line.problem("question " + id.asText() + " has a second prediction");
    }
    predictions[row] = index(line, questions.get(row).choices().size());
  }

  private static int index(JsonLine line, int choices) {
    JsonNode prediction = line.object().path(line.has("prediction") ? "prediction" : "label");
    String text = prediction.asText();
    int index = MISSING;
    if (prediction.isTextual() && text.length() == 1 && text.charAt(0) <= 'Z') {
      index = text.charAt(0) - 'A';
    } else if (prediction.isIntegralNumber() && prediction.canConvertToInt()) {
      index = prediction.intValue();
    }
    if (index < 0 || index >= choices) {
      throw line.problem(
          String.format(
              Locale.ROOT,
              "prediction is %s, allowed are 0 to %d, or A to %c",
              prediction.isMissingNode() ? "missing" : prediction,
              choices - 1,
              (char) ('A' + Math.min(choices, LETTERS) - 1)));
    }
    return index;
  }
}
