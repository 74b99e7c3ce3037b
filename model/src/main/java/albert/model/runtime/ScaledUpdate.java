package albert.model.runtime;

import albert.model.graph.VariableStore;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.StepScalars;
import albert.model.tensor.FloatTensor;
import java.util.List;

/**
 * The end of a step whose loss is scaled. The gradients are summed before, apart from any update
 * ({@link TrainingGraph#ACCUMULATE}); if all of them are finite the weights are updated, else the
 * step is skipped: weights and moments are not touched, and the scale halves ({@code
 * torch.amp.GradScaler}, {@code step} and {@code update}).
 *
 * <p>As there, a skipped step does not count in Adam's bias correction, since the optimizer did not
 * run. The learning rate follows the schedule all the same: it is that of the step.
 *
 * @param session of a graph with a {@link LossScale}
 * @param optimizer what the update was built with
 */
record ScaledUpdate(GraphSession session, OptimizerConfig optimizer) {

  /**
   * Updates the weights, or does not.
   *
   * @param loss of the step's last batch, unscaled
   */
  StepResult apply(float loss, StepSettings settings) {
    List<FloatTensor> values =
        session
            .call()
            .fetch(
                List.of(
                    TrainingGraph.GRADIENT_NORM,
                    VariableStore.readName(LossScale.SCALE),
                    VariableStore.readName(LossScale.SKIPPED_STEPS)));
    float norm = values.get(0).values()[0];
    float scale = values.get(1).values()[0];
    long skippedBefore = (long) values.get(2).values()[0];
    if (!Float.isFinite(norm)) {
      session.call().run(LossScale.SKIP);
      return new StepResult(loss, norm, new StepResult.Scaling(scale, true, skippedBefore + 1));
    }
    GraphSession.Call call = session.call();
    StepScalars.values(optimizer, settings.learningRate(), settings.step() - skippedBefore)
        .forEach(call::feed);
    call.run(TrainingGraph.UPDATE);
    return new StepResult(loss, norm, new StepResult.Scaling(scale, false, skippedBefore));
  }

  /** Steps skipped so far. */
  long skippedSteps() {
    return (long)
        session
            .call()
            .fetch(List.of(VariableStore.readName(LossScale.SKIPPED_STEPS)))
            .get(0)
            .values()[0];
  }
}
