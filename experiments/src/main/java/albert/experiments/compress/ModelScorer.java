package albert.experiments.compress;

import albert.model.io.LoadedModel;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says how good a model is at what it was fine-tuned for. */
@FunctionalInterface
public interface ModelScorer {

  /** Says nothing. */
  ModelScorer NONE = model -> new TreeMap<>(Map.of());

  /**
   * Scores a model that differs from the original in its encoder alone.
   *
   * @return scores by metric, without those that are undefined
   */
  SortedMap<String, Double> score(LoadedModel model);
}
