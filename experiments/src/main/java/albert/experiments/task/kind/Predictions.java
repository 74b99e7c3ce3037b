package albert.experiments.task.kind;

import albert.datasets.task.Example;
import albert.datasets.task.SplitName;
import albert.evaluation.metric.MetricValue;
import albert.evaluation.record.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a model predicts for a part of a data set, by row. */
public interface Predictions {

  /** The rows' names in their data set. */
  List<String> ids();

  /** The names of examples. */
  static List<String> ids(List<? extends Example> examples) {
    return examples.stream().map(Example::id).toList();
  }

  /** Of some rows those of which the data set says what is right. */
  static int[] labelled(List<? extends Example> examples, IntPredicate rows) {
    return IntStream.range(0, examples.size())
        .filter(row -> examples.get(row).hasLabel())
        .filter(rows)
        .toArray();
  }

  /** Figures by name as the scores of a task, in their order. */
  static List<Score> scores(
      Map<String, MetricValue> figures, String task, int n, String split, String protocol) {
    List<Score> scores = new ArrayList<>();
    figures.forEach((name, value) -> scores.add(value.toScore(task, name, split, n, protocol)));
    return scores;
  }

  /**
   * The scores of some rows; the first is the one that weights are chosen by.
   *
   * @param rows which of them
   * @param split what the part is called
   * @param protocol of the scores
   */
  List<Score> scores(IntPredicate rows, String split, String protocol);

  /**
   * Scores of all rows for which something was chosen on the very same rows, as their protocols
   * say.
   */
  default List<Score> chosenScores(String split, String protocol) {
    return List.of();
  }

  /**
   * Scores of some rows for which something was chosen on others, as their protocols say: what such
   * a choice is worth where it was not made.
   *
   * @param choosing rows that are chosen on
   * @param reporting rows that are scored
   */
  default List<Score> transferredScores(
      IntPredicate choosing, IntPredicate reporting, String split, String protocol) {
    return List.of();
  }

  /** What was chosen on all rows, and is to be kept with the model. */
  default Chosen chosen() {
    return Chosen.NOTHING;
  }

  /**
   * Keys of the kind whose values were chosen on predictions.
   *
   * @param keys with their values, as files write them
   * @param words what a protocol says of it: {@code threshold chosen on dev}
   */
  record Chosen(Map<String, Object> keys, String words) {
    /** Nothing was chosen. */
    public static final Chosen NOTHING = new Chosen(Map.of(), "");

    /** Copies the keys. */
    public Chosen {
      keys = Map.copyOf(keys);
    }

    /** The protocol of scores for which it was chosen. */
    public String protocol(String protocol) {
      return words.isEmpty() ? protocol : protocol + ", " + words;
    }
  }

  /** What a person should know of the predictions: say that they are all the same. */
  Optional<String> note();

  /**
   * Writes them.
   *
   * @param folder of predictions
   * @param part of the data set, which files or a folder are named after
   */
  void write(Path folder, String part) throws IOException;

  /** The predictions as a server takes them, if one takes those of this part. */
  default Optional<SubmissionFile> submission(SplitName part) {
    return Optional.empty();
  }
}
