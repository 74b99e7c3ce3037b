package albert.experiments.run;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.config.TrainingConfig;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.stage.StageWatch;
import albert.model.runtime.StepResult;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A training under way: evaluates, keeps the best weights, writes checkpoints, and says when it is
 * to end early. Everything it knows is in a {@link TrainingState}, so that it goes on from one as
 * if it had never stopped.
 */
final class Training implements TrainingListener, TrainingLoop.AfterStep, AutoCloseable {

  private final FineTuning job;
  private final TrainableModel model;
  private final TrainingCheckpoints checkpoints;
  private final MetricsWriter metrics;
  private final EvaluationHistory history;
  private final long totalSteps;
  private final StageWatch watch;
  private final long from;
  private final double secondsBefore;
  private final double evaluatedBefore;
  private final long begun = System.nanoTime();

  private double evaluationSeconds;
  private SortedMap<String, FloatTensor> best = new TreeMap<>();
  private boolean bestIsSaved;
  private @Nullable Evaluation bestEvaluation;
  private @Nullable Evaluation lastEvaluation;
  private long settled;

  /**
   * Begins, or goes on from the newest checkpoint, which the model's weights are set to.
   *
   * @param model with its initial weights
   * @param watch measures the stages, of which training is begun
   */
  Training(
      FineTuning job,
      TrainableModel model,
      RunDirectory directory,
      long totalSteps,
      StageWatch watch)
      throws IOException {
    this.watch = watch;
    this.job = job;
    this.model = model;
    this.totalSteps = totalSteps;
    checkpoints = new TrainingCheckpoints(directory);
    Optional<TrainingState> found = checkpoints.latest();
    from = found.map(TrainingState::step).orElse(0L);
    settled = from;
    secondsBefore = found.map(TrainingState::seconds).orElse(0.0);
    evaluatedBefore = found.map(TrainingState::evaluationSeconds).orElse(0.0);
    evaluationSeconds = evaluatedBefore;
    history = new EvaluationHistory(found.map(TrainingState::evaluations).orElse(List.of()));
    if (found.isPresent()) {
      checkpoints.restore(model, found.get());
      String file = found.get().best();
      if (file != null) {
        best = new TreeMap<>(checkpoints.weights(file));
        bestIsSaved = true;
      }
    }
    if (from > 0) {
      watch.add(new StageSeconds(Stage.TRAINING, from, secondsBefore));
      long predicted = history.points().size() * job.task().devSequences();
      watch.add(new StageSeconds(Stage.EVALUATION, predicted, evaluatedBefore));
    }
    metrics =
        new MetricsWriter(directory, training().loggingSteps(), totalSteps, found.orElse(null));
  }

  /** Steps done before it went on. */
  long from() {
    return from;
  }

  EvaluationHistory history() {
    return history;
  }

  /** What the last weights predict; there once the training is over. */
  Evaluation lastEvaluation() {
    return Objects.requireNonNull(lastEvaluation);
  }

  double evaluationSeconds() {
    return evaluationSeconds;
  }

  /** Wall-clock seconds of training, without evaluations, all parts added. */
  double trainSeconds() {
    double now = (System.nanoTime() - begun) * 1e-9;
    return secondsBefore + now - (evaluationSeconds - evaluatedBefore);
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    watch.step(1);
    metrics.stepped(steps, result, learningRate);
  }

  @Override
  public boolean goesOn(long steps, boolean endsEpoch) throws IOException {
    boolean isLast = steps == totalSteps;
    int every = training().evalSteps();
    boolean goesOn = true;
    if (isLast || (every > 0 ? steps % every == 0 : endsEpoch)) {
      evaluate(steps);
      int patience = training().earlyStoppingPatience();
      goesOn = patience == 0 || history.withoutBetter() < patience;
      if (goesOn && !isLast) {
        watch.begin(Stage.TRAINING, Stage.TRAINING.words(), totalSteps, steps);
      }
    }
    settled = steps;
    int saves = training().checkpointSteps();
    if (goesOn && !isLast && saves > 0 && steps % saves == 0) {
      save(steps);
    }
    return goesOn;
  }

  /**
   * Keeps what was done when the training is asked to stop.
   *
   * @param steps steps done
   */
  void interrupted(long steps) throws IOException {
    // between a step and its evaluation there is no state to go on from
    if (settled == steps
        && steps > from
        && steps < totalSteps
        && training().checkpointSteps() > 0) {
      save(steps);
    }
  }

  /**
   * Sets the model to the weights that are best on dev.
   *
   * @return what they predict
   */
  Evaluation toBest() {
    if (history.has(history.bestStep())) {
      return lastEvaluation();
    }
    model.assign(best);
    if (bestEvaluation == null) {
      bestEvaluation = predict();
    }
    return bestEvaluation;
  }

  @Override
  public void close() throws IOException {
    metrics.close();
  }

  private TrainingConfig training() {
    return job.config().training();
  }

  private void evaluate(long steps) {
    Evaluation evaluation = predict();
    evaluationSeconds += evaluation.seconds();
    lastEvaluation = evaluation;
    DevScores scores = new DevScores(evaluation.predictions());
    EvaluationPoint point =
        new EvaluationPoint(
            steps,
            scores.whole(Protocol.LAST.words(1)),
            scores.choosing(),
            scores.reporting(Protocol.BEST_ON_HALF.words(1)));
    if (history.add(point) && steps < totalSteps) {
      best = model.weights();
      bestIsSaved = false;
      bestEvaluation = evaluation;
    }
    metrics.evaluated(point);
  }

  private Evaluation predict() {
    watch.begin(Stage.EVALUATION, "evaluation on dev", job.task().devSequences(), 0);
    return job.task()
        .evaluate(Evaluation.counting(model::predict, watch), job.config(), job.stop());
  }

  private void save(long steps) throws IOException {
    Map<String, FloatTensor> unsaved = bestIsSaved ? Map.of() : best;
    checkpoints.save(
        model,
        new TrainingState(
            steps,
            TrainingCheckpoints.name(steps),
            best.isEmpty() ? null : TrainingCheckpoints.bestName(history.bestStep()),
            metrics.lossSum(),
            metrics.lossCount(),
            trainSeconds(),
            evaluationSeconds,
            history.points()),
        unsaved);
    bestIsSaved = true;
  }
}
