package albert.experiments.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs, besides weights and optimizer, to go on as if it had never stopped.
 * Learning rate and dropout masks follow from the step.
 *
 * @param step steps done
 * @param epoch that the last example is in
 * @param example how many of that epoch were trained on
 * @param tokens trained on so far, padding not counted
 * @param lossSum sum of the losses since the last logged step
 * @param lossCount how many they are
 * @param seconds of training so far, without evaluations
 * @param evaluationSeconds of evaluation so far
 * @param best file of the best weights, a name in the folder of the checkpoints; null if none were
 *     kept
 * @param evaluations so far
 */
public record TrainingState(
    long step,
    int epoch,
    long example,
    long tokens,
    double lossSum,
    int lossCount,
    double seconds,
    double evaluationSeconds,
    @Nullable String best,
    List<EvaluationPoint> evaluations) {

  /** Before the first step. */
  public static final TrainingState START =
      new TrainingState(0, 0, 0, 0, 0, 0, 0, 0, null, List.of());

  /** Copies the list. */
  public TrainingState {
    evaluations = List.copyOf(evaluations);
  }

  /** After one more step. */
  TrainingState after(Batches.Step done, MetricsWriter metrics) {
    return new TrainingState(
        step + 1,
        done.epoch(),
        done.example(),
        tokens + done.tokens(),
        metrics.lossSum(),
        metrics.lossCount(),
        seconds,
        evaluationSeconds,
        best,
        evaluations);
  }

  /** With an evaluation that took so long. */
  TrainingState after(Checkup checkup, @Nullable String best, double took) {
    return new TrainingState(
        step,
        epoch,
        example,
        tokens,
        lossSum,
        lossCount,
        seconds,
        evaluationSeconds + took,
        best,
        checkup.evaluations());
  }

  /** After so many seconds of training. */
  TrainingState at(double seconds) {
    return new TrainingState(
        step,
        epoch,
        example,
        tokens,
        lossSum,
        lossCount,
        seconds,
        evaluationSeconds,
        best,
        evaluations);
  }
}
