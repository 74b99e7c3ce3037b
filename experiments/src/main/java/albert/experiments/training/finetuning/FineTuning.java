package albert.experiments.training.finetuning;

import albert.datasets.batch.EncodedBatch;
import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.ModelInputs;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.TrainedSize;
import albert.experiments.training.Trainer;
import albert.experiments.training.TrainingCheckpoints;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.TrainingState;
import albert.model.head.Head;
import albert.model.io.LoadedModel;
import albert.model.runtime.EvaluationModel;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains one model on one task and scores it on dev by every {@link Protocol}. A training that was
 * broken off goes on from its newest checkpoint.
 *
 * @param config what is trained, and how
 * @param seeds its seeds
 * @param task the data as ids
 * @param checkpoint what the weights start from; null starts from scratch
 * @param stop asks to stop
 */
public record FineTuning(
    RunConfig config,
    RunSeeds seeds,
    EncodedTask task,
    @Nullable LoadedModel checkpoint,
    StopSignal stop) {

  /** What files of predictions of the weights that are best on dev are named after. */
  private static final String BEST = "dev-best";

  /**
   * What came out.
   *
   * @param runtime what {@code auto} resolved to
   * @param size of the model
   * @param performance how fast it was
   * @param trainSeconds of wall-clock time
   * @param evaluationSeconds of wall-clock time
   * @param skippedSteps steps that changed no weight, since gradients overflowed; null where the
   *     loss is not scaled
   * @param scores on dev, the last weights' first
   * @param notes what a person should know of it, a line each
   */
  public record Result(
      RuntimeOptions runtime,
      ModelSize size,
      Performance performance,
      double trainSeconds,
      double evaluationSeconds,
      @Nullable Long skippedSteps,
      List<Score> scores,
      List<String> notes) {}

  /** Something that is done with the weights that are best on dev. */
  @FunctionalInterface
  public interface Afterwards {

    /** Nothing. */
    Afterwards NOTHING = (best, config, protocol) -> List.of();

    /**
     * Does it.
     *
     * @param best predicts with the best weights
     * @param config of the run, with what was chosen on dev for these weights
     * @param protocol of scores of these weights
     * @return further scores
     */
    List<Score> accept(Evaluation.Predictor best, RunConfig config, String protocol)
        throws IOException;
  }

  /**
   * Trains, scores, and writes metrics, predictions and weights to the run's folder.
   *
   * @param progress hears of every step besides the run's own files
   * @param afterwards done with the best weights
   * @throws albert.experiments.training.DivergedException if a loss is no longer finite
   * @throws albert.experiments.stage.StoppedException if asked to stop
   * @throws IOException if a file can't be written
   */
  public Result run(RunDirectory directory, TrainingListener progress, Afterwards afterwards)
      throws IOException {
    ProcessMemory.resetPeak();
    StageWatch watch = progress.stages();
    begin(watch, directory);
    FineTuningObjective objective =
        new FineTuningObjective(config, seeds, task, checkpoint, watch, stop);
    try (Trainer trainer = new Trainer(objective, directory, progress, watch, stop)) {
      trainer.run();
      TrainableModel model = trainer.model();
      TrainingState state = trainer.state();
      EvaluationHistory history = new EvaluationHistory(state.evaluations());
      SortedMap<String, FloatTensor> weights = model.weights();
      if (!history.has(history.bestStep())) {
        model.assign(trainer.best());
      }
      Evaluation best = objective.best(model);
      watch.begin(Stage.FILES, Stage.FILES.words(), 0, 0);
      Evaluation last = objective.last();
      last.predictions().write(directory.predictions(), EncodedTask.DEV);
      RunWeights.Trained lastTrained = trained(last, weights);
      RunWeights.@Nullable Trained bestTrained = null;
      if (history.points().size() > 1) {
        bestTrained = trained(best, model.weights());
        best.predictions().write(directory.predictions(), BEST);
      }
      long diskBytes = new RunWeights(directory).write(task, lastTrained, bestTrained);
      List<Score> scores = new ArrayList<>(history.scores());
      if (afterwards != Afterwards.NOTHING) {
        String protocol = Protocol.BEST_ON_DEV.words(history.points().size());
        scores.addAll(
            afterwards(
                bestTrained == null ? lastTrained : bestTrained,
                best.predictions().chosen().protocol(protocol),
                afterwards,
                watch));
      }
      Latency latency = latency(weights, watch);
      return new Result(
          model.runtime(),
          TrainedSize.of(
              model,
              config.encoder(),
              head().readsPooled(),
              diskBytes,
              config.training().maxSeqLength()),
          new Performance(
              trainer.tokensPerSecond(), last.tokensPerSecond(), ProcessMemory.peakMb(), latency),
          state.seconds(),
          state.evaluationSeconds(),
          model.skippedSteps(),
          scores,
          notes(last));
    }
  }

  /** The stage of training, with what was done of it before it was broken off. */
  private void begin(StageWatch watch, RunDirectory directory) throws IOException {
    TrainingState from = TrainingCheckpoints.in(directory).newest().orElse(TrainingState.START);
    long steps = config.training().steps(task.trainSize());
    watch.begin(Stage.TRAINING, Stage.TRAINING.words(), steps, from.step());
    if (from.step() > 0) {
      watch.add(new StageSeconds(Stage.TRAINING, from.step(), from.seconds()));
      long predicted = from.evaluations().size() * task.devSequences();
      watch.add(new StageSeconds(Stage.EVALUATION, predicted, from.evaluationSeconds()));
    }
  }

  /** With what was chosen on dev, so that it is kept and other parts are scored with it. */
  private RunWeights.Trained trained(Evaluation onDev, SortedMap<String, FloatTensor> weights) {
    return new RunWeights.Trained(config.withKeys(onDev.predictions().chosen().keys()), weights);
  }

  /** Other texts may have any word. */
  private List<Score> afterwards(
      RunWeights.Trained best, String protocol, Afterwards afterwards, StageWatch watch)
      throws IOException {
    watch.begin(Stage.OTHER_PARTS, "evaluation on other parts", 0, 0);
    try (EvaluationModel model =
        EvaluationModel.of(
            config.encoder(), List.of(head()), best.weights(), config.training().runtime())) {
      return afterwards.accept(Evaluation.counting(model::predict, watch), best.config(), protocol);
    }
  }

  private FrozenModel frozen(SortedMap<String, FloatTensor> weights) {
    return FrozenModel.of(config.encoder(), List.of(head()), weights, config.training().runtime());
  }

  private Head head() {
    return task.head(config).build(List.of());
  }

  /** Of a forward pass of one example, the model frozen as it would be to serve. */
  private Latency latency(SortedMap<String, FloatTensor> weights, StageWatch watch) {
    watch.begin(Stage.LATENCY, Stage.LATENCY.words(), LatencyProbe.PASSES, 0);
    EncodedBatch one = task.oneOfDev(config);
    try (FrozenModel model = frozen(weights)) {
      return LatencyProbe.measure(
          Evaluation.counting(model::predict, watch),
          ModelInputs.of(one),
          one.sequenceLength(),
          task.head(config).outputs(),
          stop);
    }
  }

  private List<String> notes(Evaluation last) {
    List<String> notes = new ArrayList<>(task.notes());
    last.predictions().note().ifPresent(note -> notes.add("the last weights " + note));
    return notes;
  }
}
