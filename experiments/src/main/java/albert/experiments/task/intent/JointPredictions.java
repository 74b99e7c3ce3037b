package albert.experiments.task.intent;

import albert.datasets.entity.ConllFile;
import albert.datasets.intent.IntentSentence;
import albert.datasets.task.Task;
import albert.evaluation.record.Score;
import albert.experiments.task.intent.JointFigures.Frame;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Intents and tags of sentences.
 *
 * @param task whose they are
 * @param intents every intent that can be predicted
 * @param examples the sentences
 * @param predicted of each sentence
 */
record JointPredictions(
    Task<IntentSentence> task,
    List<String> intents,
    List<IntentSentence> examples,
    List<JointPrediction> predicted)
    implements Predictions {

  @Override
  public List<String> ids() {
    return Predictions.ids(examples);
  }

  /** Of the sentences that have labels. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    List<Frame> gold = new ArrayList<>();
    List<Frame> given = new ArrayList<>();
    for (int row : Predictions.labelled(examples, which)) {
      IntentSentence example = examples.get(row);
      gold.add(new Frame(example.knownIntent(), example.sentence().tags()));
      given.add(new Frame(intent(row), predicted.get(row).tags()));
    }
    return Predictions.scores(
        JointFigures.of(gold, given), task.id(), gold.size(), split, protocol);
  }

  private String intent(int row) {
    return intents.get(predicted.get(row).intent());
  }

  @Override
  public Optional<String> note() {
    if (predicted.size() > 1
        && predicted.stream().mapToInt(JointPrediction::intent).distinct().count() == 1) {
      return Optional.of("predict one intent for all of dev");
    }
    return predicted.stream()
            .flatMap(one -> one.tags().stream())
            .allMatch(ConllFile.OUTSIDE::equals)
        ? Optional.of("find no slot in dev: every tag is O")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line a sentence with {@code id}, {@code words}, the predicted
   * {@code prediction} (the intent), {@code probabilities} and {@code tags}, and where they are
   * known {@code label} and {@code label_tags}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    PredictionLines.write(folder, part, examples.size(), this::line);
  }

  private Map<String, Object> line(int row) {
    IntentSentence example = examples.get(row);
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    line.put("words", example.sentence().words());
    line.put("prediction", intent(row));
    line.put("probabilities", PredictionLines.numbers(predicted.get(row).probabilities()));
    line.put("tags", predicted.get(row).tags());
    if (example.hasLabel()) {
      line.put("label", example.knownIntent());
      line.put("label_tags", example.sentence().tags());
    }
    return line;
  }
}
