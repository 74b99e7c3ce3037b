package albert.experiments.task.intent;

import albert.datasets.entity.ConllFile;
import albert.datasets.intent.IntentSentence;
import albert.datasets.task.Task;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.Score;
import albert.experiments.task.intent.JointFigures.Frame;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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
    return examples.stream().map(IntentSentence::id).toList();
  }

  /** Of the sentences that have labels. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    List<Frame> gold = new ArrayList<>();
    List<Frame> given = new ArrayList<>();
    IntStream.range(0, examples.size())
        .filter(row -> examples.get(row).hasLabel())
        .filter(which)
        .forEach(
            row -> {
              IntentSentence example = examples.get(row);
              gold.add(new Frame(example.knownIntent(), example.sentence().tags()));
              given.add(new Frame(intent(row), predicted.get(row).tags()));
            });
    List<Score> scores = new ArrayList<>();
    JointFigures.of(gold, given)
        .forEach(
            (name, value) ->
                scores.add(value.toScore(task.id(), name, split, gold.size(), protocol)));
    return scores;
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
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < examples.size(); row++) {
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
      lines.append(CanonicalJson.write(line)).append('\n');
    }
    AtomicFiles.writeText(folder.resolve(part + ".jsonl"), lines.toString());
  }
}
