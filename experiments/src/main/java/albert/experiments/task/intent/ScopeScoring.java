package albert.experiments.task.intent;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.intent.ClincTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import albert.experiments.InputException;
import albert.experiments.task.intent.ScopeFigures.Answer;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.ScoredFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Scores JSON lines of intents against the data set's file. */
final class ScopeScoring {
  private static final String NEEDED = "{\"label\": …, \"probabilities\": …}";

  private ScopeScoring() {}

  /**
   * Scores predictions of test or, if their number is that of dev alone, of dev.
   *
   * @throws DataFormatException with file and line, if a file is malformed or they do not fit each
   *     other
   * @throws InputException if there are no predictions
   * @throws java.io.UncheckedIOException if one can't be read
   */
  static OfficialScores score(ClincTask task, ScoredFiles files) {
    TaskData<TextExample> gold = task.readFile(files.gold());
    List<JsonLine> lines = PredictionLines.read(files.predictions(), NEEDED);
    List<TextExample> queries =
        List.of(SplitName.TEST, SplitName.DEV).stream()
            .map(gold::examples)
            .filter(part -> part.size() == lines.size())
            .findFirst()
            .orElseThrow(
                () ->
                    new DataFormatException(
                        files.predictions().toString(),
                        String.format(
                            Locale.ROOT,
                            "it has %d lines, %s has %d queries of test and %d of dev",
                            lines.size(),
                            files.gold(),
                            gold.examples(SplitName.TEST).size(),
                            gold.examples(SplitName.DEV).size())));
    Set<String> allowed = new HashSet<>(gold.labels());
    allowed.add(ClincTask.OUT_OF_SCOPE);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      answers.add(answer(lines.get(i), queries.get(i), gold.labels(), allowed));
    }
    return OfficialScores.of(
        task.id(), answers.size(), ScopeFigures.of(answers), OfficialScores.OF_FILES);
  }

  private static Answer answer(
      JsonLine line, TextExample query, List<String> intents, Set<String> allowed) {
    String given = PredictionLines.text(line, "prediction", "label");
    if (!allowed.contains(given)) {
      throw line.problem(
          String.format(
              Locale.ROOT,
              "it says '%s', allowed are the intents of train and %s",
              given,
              ClincTask.OUT_OF_SCOPE));
    }
    int label = query.labelIndex();
    boolean outOfScope = label == intents.size();
    String right = outOfScope ? ClincTask.OUT_OF_SCOPE : intents.get(label);
    return new Answer(outOfScope, right.equals(given), doubt(line, intents.size()));
  }

  /**
   * By the probabilities, a list of numbers or an object of them, that of being out of scope: its
   * own, by name or behind those of the intents, where it has one; otherwise 1 less the largest;
   * NaN without any.
   */
  private static double doubt(JsonLine line, int intents) {
    JsonNode probabilities = line.object().path("probabilities");
    double largest = Double.NaN;
    for (JsonNode value : probabilities) {
      if (!value.isNumber()) {
        throw line.problem("probabilities has a value that is no number");
      }
      largest = largest >= value.doubleValue() ? largest : value.doubleValue();
    }
    JsonNode own =
        probabilities.isObject()
            ? probabilities.path(ClincTask.OUT_OF_SCOPE)
            : probabilities.path(intents);
    return own.isNumber() ? own.doubleValue() : 1 - largest;
  }
}
