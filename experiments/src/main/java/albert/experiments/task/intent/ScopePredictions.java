package albert.experiments.task.intent;

import albert.datasets.intent.ClincTask;
import albert.datasets.task.Task;
import albert.datasets.text.TextExample;
import albert.evaluation.record.Score;
import albert.experiments.task.intent.ScopeFigures.Guess;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Intents of queries, and whether they are out of scope: Larson et al. 2019, "oos-threshold", or,
 * where that is one of the labels, "oos-train". The number of examples is that of all queries, in
 * scope and out of it.
 *
 * @param task whose they are
 * @param labels every intent there is, and perhaps {@value ClincTask#OUT_OF_SCOPE}
 * @param fixed below which the likeliest label's probability means out of scope; with 0 and no
 *     label for that, the threshold is chosen on the queries that are scored, as their protocol
 *     then says
 * @param examples the queries; the label of one out of scope is the number of intents
 * @param probabilities of each label, by query
 */
record ScopePredictions(
    Task<TextExample> task,
    List<String> labels,
    double fixed,
    List<TextExample> examples,
    List<double[]> probabilities)
    implements Predictions {
  private static final String CHOSEN = "threshold chosen on ";

  @Override
  public List<String> ids() {
    return Predictions.ids(examples);
  }

  @Override
  public List<Score> scores(IntPredicate rows, String split, String protocol) {
    return choosesThreshold()
        ? scores(rows, threshold(rows), split, protocol + ", " + CHOSEN + split)
        : scores(rows, fixed, split, protocol);
  }

  @Override
  public List<Score> transferredScores(
      IntPredicate choosing, IntPredicate reporting, String split, String protocol) {
    return choosesThreshold() && !guesses(choosing).isEmpty()
        ? scores(reporting, threshold(choosing), split, protocol + ", " + CHOSEN + "the other half")
        : List.of();
  }

  /** The threshold, for the model's further predictions. */
  @Override
  public Chosen chosen() {
    return choosesThreshold()
        ? new Chosen(Map.of(ScopeConfig.THRESHOLD, threshold(row -> true)), CHOSEN + "dev")
        : Chosen.NOTHING;
  }

  private boolean choosesThreshold() {
    return fixed == 0 && !isLearnt();
  }

  private boolean isLearnt() {
    return labels.contains(ClincTask.OUT_OF_SCOPE);
  }

  private boolean isOutOfScope(int row) {
    int intents = isLearnt() ? labels.size() - 1 : labels.size();
    return examples.get(row).labelIndex() == intents;
  }

  private List<Score> scores(IntPredicate rows, double threshold, String split, String protocol) {
    List<Guess> guesses = guesses(rows);
    return Predictions.scores(
        ScopeFigures.of(guesses.stream().map(guess -> guess.answer(threshold)).toList()),
        task.id(),
        guesses.size(),
        split,
        protocol);
  }

  private double threshold(IntPredicate rows) {
    return ScopeFigures.threshold(guesses(rows));
  }

  private List<Guess> guesses(IntPredicate rows) {
    return IntStream.of(Predictions.labelled(examples, rows)).mapToObj(this::guess).toList();
  }

  private Guess guess(int row) {
    int guess = likeliest(row);
    boolean right = examples.get(row).labelIndex() == guess;
    double[] values = probabilities.get(row);
    return isLearnt()
        ? new Guess(isOutOfScope(row), right, values[guess], values[labels.size() - 1])
        : new Guess(isOutOfScope(row), right, values[guess]);
  }

  private int likeliest(int row) {
    double[] values = probabilities.get(row);
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  @Override
  public Optional<String> note() {
    return examples.size() > 1
            && IntStream.range(0, examples.size()).map(this::likeliest).distinct().count() == 1
        ? Optional.of("predict one intent for all of dev")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line a query with {@code id}, {@code prediction} (an intent, or
   * {@value ClincTask#OUT_OF_SCOPE}) and {@code probabilities}; one in scope has {@code label}, one
   * out of it {@code out_of_scope}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    double threshold = choosesThreshold() ? threshold(row -> true) : fixed;
    PredictionLines.write(folder, part, examples.size(), row -> line(row, threshold));
  }

  private Map<String, Object> line(int row, double threshold) {
    TextExample example = examples.get(row);
    double[] values = probabilities.get(row);
    int guess = likeliest(row);
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    line.put("prediction", values[guess] < threshold ? ClincTask.OUT_OF_SCOPE : labels.get(guess));
    line.put("probabilities", Arrays.stream(values).mapToObj(value -> (float) value).toList());
    if (isOutOfScope(row)) {
      line.put("out_of_scope", true);
    } else {
      line.put("label", labels.get(example.labelIndex()));
    }
    return line;
  }
}
