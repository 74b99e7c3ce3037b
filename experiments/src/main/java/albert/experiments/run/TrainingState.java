package albert.experiments.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs, besides the files it names, to go on as if it had never stopped. The
 * place in the data, the learning rate and the dropout masks follow from the step.
 *
 * @param step steps done
 * @param checkpoint folder of weights and optimizer state, a name in the folder of the state
 * @param best file of the weights that are best on dev, likewise; null if none were evaluated
 * @param lossSum sum of the losses since the last logged step
 * @param lossCount how many they are
 * @param seconds of training so far, without evaluations
 * @param evaluationSeconds of evaluation so far
 * @param evaluations so far
 */
record TrainingState(
    long step,
    String checkpoint,
    @Nullable String best,
    double lossSum,
    int lossCount,
    double seconds,
    double evaluationSeconds,
    List<EvaluationPoint> evaluations) {}
