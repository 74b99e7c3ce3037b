package albert.experiments.training;

import java.util.List;
import java.util.Map;

/**
 * What an evaluation within a training comes to.
 *
 * @param figures for the log, by name
 * @param evaluations of the training so far
 * @param isBest whether the weights are better than all before
 * @param goesOn whether training goes on
 */
public record Checkup(
    Map<String, Double> figures,
    List<EvaluationPoint> evaluations,
    boolean isBest,
    boolean goesOn) {

  /** Copies map and list. */
  public Checkup {
    figures = Map.copyOf(figures);
    evaluations = List.copyOf(evaluations);
  }
}
