package albert.experiments.training;

import albert.evaluation.record.Score;
import java.util.List;

/**
 * The scores of a training's weights at a step.
 *
 * @param step steps done
 * @param dev on dev; the first is the one that weights are chosen by
 * @param choosing on the half of dev that is chosen by
 * @param reporting on the other half
 */
public record EvaluationPoint(
    long step, List<Score> dev, List<Score> choosing, List<Score> reporting) {

  /** Copies the lists. */
  public EvaluationPoint {
    dev = List.copyOf(dev);
    choosing = List.copyOf(choosing);
    reporting = List.copyOf(reporting);
  }

  /** What is to be high; an undefined score is lower than any. */
  public static double height(List<Score> scores) {
    Double value = scores.get(0).value();
    return value == null ? Double.NEGATIVE_INFINITY : value;
  }
}
