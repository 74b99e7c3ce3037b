package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.experiments.ModelInputs;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.TrainingConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.model.config.ParameterCount;
import albert.model.head.Head;
import albert.model.io.InitialWeights;
import albert.model.io.LoadedModel;
import albert.model.optim.LearningRateSchedule;
import albert.model.optim.OptimizerConfig.Kind;
import albert.model.runtime.EvaluationModel;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.runtime.WordSubset;
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
record FineTuning(
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
   * @param scores on dev, the last weights' first
   * @param notes what a person should know of it, a line each
   */
  record Result(
      RuntimeOptions runtime,
      ModelSize size,
      Performance performance,
      double trainSeconds,
      double evaluationSeconds,
      List<Score> scores,
      List<String> notes) {}

  /** Something that is done with the weights that are best on dev. */
  @FunctionalInterface
  interface Afterwards {

    /** Nothing. */
    Afterwards NOTHING = (best, protocol) -> List.of();

    /**
     * Does it.
     *
     * @param best predicts with the best weights
     * @param protocol of scores of these weights
     * @return further scores
     */
    List<Score> accept(Evaluation.Predictor best, String protocol) throws IOException;
  }

  /**
   * Trains, scores, and writes metrics, predictions and weights to the run's folder.
   *
   * @param progress hears of every step besides the run's own files
   * @param afterwards done with the best weights
   * @throws DivergedException if a loss is no longer finite
   * @throws StoppedException if asked to stop
   * @throws IOException if a file can't be written
   */
  Result run(RunDirectory directory, TrainingListener progress, Afterwards afterwards)
      throws IOException {
    ProcessMemory.resetPeak();
    StageWatch watch = progress.stages();
    TrainingConfig training = config.training();
    watch.begin(
        Stage.TRAINING, Stage.TRAINING.words(), steps(), TrainingCheckpoints.stepsDone(directory));
    try (TrainableModel model =
            TrainableModel.build(
                config.encoder(),
                List.of(task.trainedHead(config)),
                training.updateRule(),
                training.runtime(),
                words());
        Training run = begin(model, directory, progress, watch)) {
      TrainingLoop.Outcome outcome = train(model, run, progress);
      double trainSeconds = run.trainSeconds();
      SortedMap<String, FloatTensor> weights = model.weights();
      Evaluation best = run.toBest();
      watch.begin(Stage.FILES, Stage.FILES.words(), 0, 0);
      run.lastEvaluation().predictions().write(directory.predictions(), EncodedTask.DEV);
      @Nullable SortedMap<String, FloatTensor> bestWeights = null;
      if (run.history().points().size() > 1) {
        bestWeights = model.weights();
        best.predictions().write(directory.predictions(), BEST);
      }
      long diskBytes = new RunWeights(directory).write(config, task, weights, bestWeights);
      List<Score> scores = new ArrayList<>(run.history().scores());
      if (afterwards != Afterwards.NOTHING) {
        scores.addAll(
            afterwards(bestWeights == null ? weights : bestWeights, run, afterwards, watch));
      }
      Latency latency = latency(weights, watch);
      return new Result(
          model.runtime(),
          size(model, diskBytes),
          performance(outcome, run.lastEvaluation(), latency),
          trainSeconds,
          run.evaluationSeconds(),
          scores,
          notes(run));
    }
  }

  /**
   * The words that the model is built for: those that occur, where all others have weights of a
   * checkpoint and nothing but decay changes these.
   */
  @Nullable WordSubset words() {
    boolean apart = config.training().updateRule().optimizer().kind() == Kind.ADAMW;
    return checkpoint == null || !apart
        ? null
        : task.words().map(words -> WordSubset.of(words, config.encoder())).orElse(null);
  }

  /** Other texts may have any word. */
  private List<Score> afterwards(
      SortedMap<String, FloatTensor> best, Training run, Afterwards afterwards, StageWatch watch)
      throws IOException {
    watch.begin(Stage.OTHER_PARTS, "evaluation on other parts", 0, 0);
    try (EvaluationModel model =
        EvaluationModel.of(config.encoder(), List.of(head()), best, config.training().runtime())) {
      return afterwards.accept(
          Evaluation.counting(model::predict, watch),
          Protocol.BEST_ON_DEV.words(run.history().points().size()));
    }
  }

  private FrozenModel frozen(SortedMap<String, FloatTensor> weights) {
    return FrozenModel.of(config.encoder(), List.of(head()), weights, config.training().runtime());
  }

  private Head head() {
    return task.head(config).build(List.of());
  }

  /** Training steps of the whole run. */
  long steps() {
    return config.training().steps(task.train().size());
  }

  private Training begin(
      TrainableModel model, RunDirectory directory, TrainingListener progress, StageWatch watch)
      throws IOException {
    start(model, progress);
    Training run = new Training(this, model, directory, steps(), watch);
    if (run.from() > 0) {
      progress.wentOn(run.from());
    }
    return run;
  }

  private void start(TrainableModel model, TrainingListener progress) {
    model.initialize(new Seeds(seeds.init()).child(Seeds.INIT));
    task.notes().forEach(progress::announced);
    if (checkpoint != null) {
      InitialWeights initial =
          InitialWeights.of(checkpoint, task.head(config).description(), model.shapes());
      model.assign(initial.taken());
      initial.notes(config.start().name(), seeds.init()).forEach(progress::announced);
    }
  }

  private TrainingLoop.Outcome train(TrainableModel model, Training run, TrainingListener progress)
      throws IOException {
    TrainingConfig training = config.training();
    long steps = steps();
    LearningRateSchedule schedule =
        LearningRateSchedule.linear(training.learningRate(), training.warmup(steps), steps);
    long[] done = {run.from()};
    TrainingListener both =
        (step, result, rate) -> {
          run.stepped(step, result, rate);
          done[0] = step;
          progress.stepped(step, result, rate);
        };
    try {
      return new TrainingLoop(
              batch -> task.labelled(batch, config),
              schedule,
              training.gradientAccumulationSteps(),
              new Seeds(seeds.data()),
              both,
              run,
              stop)
          .run(model, task.trainBatches(config), run.from());
    } catch (StoppedException e) {
      run.interrupted(done[0]);
      throw e;
    }
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

  private List<String> notes(Training run) {
    List<String> notes = new ArrayList<>(task.notes());
    run.lastEvaluation()
        .predictions()
        .note()
        .ifPresent(note -> notes.add("the last weights " + note));
    return notes;
  }

  /** A head that does not read the pooler has a model without one. */
  private ModelSize size(TrainableModel model, long diskBytes) {
    ParameterCount encoder = ParameterCount.of(config.encoder());
    boolean pooled = head().readsPooled();
    return new ModelSize(
        pooled ? encoder.total() : encoder.total() - encoder.pooler(),
        model.parameterCount(),
        diskBytes,
        model.encoderFlopsPerToken(config.training().maxSeqLength()));
  }

  private static Performance performance(
      TrainingLoop.Outcome training, Evaluation evaluation, Latency latency) {
    return new Performance(
        Double.isNaN(training.tokensPerSecond()) ? null : training.tokensPerSecond(),
        evaluation.tokensPerSecond(),
        ProcessMemory.peakMb(),
        latency);
  }
}
