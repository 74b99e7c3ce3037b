package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.TrainingConfig;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.config.ComputeCost;
import albert.model.config.ParameterCount;
import albert.model.head.Head;
import albert.model.io.InitialWeights;
import albert.model.optim.LearningRateSchedule;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains one model on one task and scores it on the dev examples: the last step's weights, which is
 * the protocol {@value #PROTOCOL}.
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
    @Nullable PretrainedModel checkpoint,
    StopSignal stop) {

  /** The weights that are scored. */
  static final String PROTOCOL = "last";

  private static final String SPLIT = "dev";

  /**
   * What came out.
   *
   * @param runtime what {@code auto} resolved to
   * @param size of the model
   * @param performance how fast it was
   * @param trainSeconds of wall-clock time
   * @param evaluationSeconds of wall-clock time
   * @param scores on dev
   */
  record Result(
      RuntimeOptions runtime,
      ModelSize size,
      Performance performance,
      double trainSeconds,
      double evaluationSeconds,
      List<Score> scores) {}

  /** How many steps a training has: {@code max_steps}, else as many as the epochs need. */
  static long steps(TrainingConfig training, int examples) {
    if (training.maxSteps() > 0) {
      return training.maxSteps();
    }
    long batches = (examples + training.batchSize() - 1L) / training.batchSize();
    return batches * training.epochs();
  }

  /**
   * Trains, scores, and writes metrics, predictions and weights to the run's folder.
   *
   * @param progress hears of every step besides the run's own files
   * @throws DivergedException if a loss is no longer finite
   * @throws StoppedException if asked to stop
   * @throws IOException if a file can't be written
   */
  Result run(RunDirectory directory, TrainingListener progress) throws IOException {
    ProcessMemory.resetPeak();
    Head head = Feeds.head(task.task());
    try (TrainableModel model =
        TrainableModel.build(
            config.encoder(),
            List.of(head),
            config.training().optimizerConfig(),
            config.training().runtime())) {
      start(model, progress);
      TrainingLoop.Outcome training = train(model, directory, progress);
      SortedMap<String, FloatTensor> weights = model.weights();
      Evaluated evaluated = evaluate(head, weights);
      Evaluation evaluation = evaluated.evaluation();
      RunFiles.writePredictions(directory, task, evaluation);
      long diskBytes = RunFiles.writeCheckpoint(directory, config, task, weights);
      return new Result(
          model.runtime(),
          size(model.parameterCount(), diskBytes),
          performance(training, evaluated),
          training.seconds(),
          evaluation.seconds(),
          scores(evaluation));
    }
  }

  private void start(TrainableModel model, TrainingListener progress) {
    model.initialize(new Seeds(seeds.init()).child(Seeds.INIT));
    if (checkpoint != null) {
      InitialWeights initial =
          InitialWeights.of(checkpoint.model(), Feeds.description(task.task()), model.shapes());
      model.assign(initial.taken());
      initial.notes(checkpoint.name(), seeds.init()).forEach(progress::announced);
    }
  }

  private TrainingLoop.Outcome train(
      TrainableModel model, RunDirectory directory, TrainingListener progress) throws IOException {
    TrainingConfig training = config.training();
    long steps = steps(training, task.train().size());
    LearningRateSchedule schedule =
        LearningRateSchedule.linear(
            training.learningRate(), Math.round(steps * training.warmupProportion()), steps);
    try (MetricsWriter metrics = new MetricsWriter(directory, training.loggingSteps(), steps)) {
      TrainingListener both =
          (step, result, rate) -> {
            metrics.stepped(step, result, rate);
            progress.stepped(step, result, rate);
          };
      return new TrainingLoop(task.task().kind(), schedule, new Seeds(seeds.data()), both, stop)
          .run(model, task.batches(task.train(), config));
    }
  }

  private record Evaluated(Evaluation evaluation, Latency latency) {}

  private Evaluated evaluate(Head head, SortedMap<String, FloatTensor> weights) {
    TaskKind kind = task.task().kind();
    try (FrozenModel model =
        FrozenModel.of(config.encoder(), List.of(head), weights, config.training().runtime())) {
      Evaluation evaluation =
          Evaluation.of(model, task.batches(task.dev(), config), kind, task.dev().size(), stop);
      EncodedBatch one = task.batches(task.dev().subList(0, 1), config).evaluation().get(0);
      return new Evaluated(
          evaluation,
          LatencyProbe.measure(
              model,
              Feeds.inputs(one),
              one.sequenceLength(),
              List.of(Evaluation.output(kind)),
              stop));
    }
  }

  private ModelSize size(long totalParameters, long diskBytes) {
    return new ModelSize(
        ParameterCount.of(config.encoder()).total(),
        totalParameters,
        diskBytes,
        ComputeCost.of(config.encoder(), config.training().maxSeqLength()).forwardPerToken());
  }

  private static Performance performance(TrainingLoop.Outcome training, Evaluated evaluated) {
    return new Performance(
        Double.isNaN(training.tokensPerSecond()) ? null : training.tokensPerSecond(),
        evaluated.evaluation().tokensPerSecond(),
        ProcessMemory.peakMb(),
        evaluated.latency());
  }

  private List<Score> scores(Evaluation evaluation) {
    double[] predicted = evaluation.predictions(task.task().kind());
    List<TextExample> examples = task.devTexts();
    int[] labelled =
        IntStream.range(0, examples.size()).filter(i -> examples.get(i).hasLabel()).toArray();
    double[] gold = IntStream.of(labelled).mapToDouble(i -> examples.get(i).label()).toArray();
    double[] given = IntStream.of(labelled).mapToDouble(i -> predicted[i]).toArray();
    return task.task().metrics().stream()
        .map(
            metric ->
                metric
                    .compute(gold, given)
                    .toScore(task.task().id(), metric.id(), SPLIT, labelled.length, PROTOCOL))
        .toList();
  }
}
