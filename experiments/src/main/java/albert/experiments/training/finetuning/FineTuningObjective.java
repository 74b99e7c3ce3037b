package albert.experiments.training.finetuning;

import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.TrainingConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.Batches;
import albert.experiments.training.Checkup;
import albert.experiments.training.EvaluationPoint;
import albert.experiments.training.Objective;
import albert.experiments.training.Seeds;
import albert.experiments.training.TrainingPlan;
import albert.experiments.training.TrainingState;
import albert.model.io.InitialWeights;
import albert.model.io.LoadedModel;
import albert.model.optim.LearningRateSchedule;
import albert.model.optim.OptimizerConfig.Kind;
import albert.model.runtime.TrainableModel;
import albert.model.runtime.WordSubset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task that a model learns: evaluated on dev, and given up when it no longer gets better there.
 */
final class FineTuningObjective implements Objective {

  private final RunConfig config;
  private final RunSeeds seeds;
  private final EncodedTask task;
  private final @Nullable LoadedModel checkpoint;
  private final StageWatch watch;
  private final StopSignal stop;
  private final long steps;
  private @Nullable Evaluation last;
  private @Nullable Evaluation best;

  /**
   * @param checkpoint what the weights start from; null starts from scratch
   * @param watch of which the training is begun; measures evaluations as a stage of their own
   * @param stop asks to stop
   */
  FineTuningObjective(
      RunConfig config,
      RunSeeds seeds,
      EncodedTask task,
      @Nullable LoadedModel checkpoint,
      StageWatch watch,
      StopSignal stop) {
    this.config = config;
    this.seeds = seeds;
    this.task = task;
    this.checkpoint = checkpoint;
    this.watch = watch;
    this.stop = stop;
    steps = config.training().steps(task.trainSize());
  }

  @Override
  public TrainingPlan plan() {
    TrainingConfig training = config.training();
    return new TrainingPlan(
        LearningRateSchedule.linear(training.learningRate(), training.warmup(steps), steps),
        new Seeds(seeds.data()).child(Seeds.DROPOUT),
        training.loggingSteps(),
        training.checkpointSteps(),
        1);
  }

  @Override
  public TrainableModel build(long step) {
    return TrainableModel.build(
        config.encoder(),
        List.of(task.trainedHead(config)),
        config.training().updateRule(),
        config.training().runtime(),
        words(config, task, checkpoint));
  }

  /**
   * The words that the model is built for: those that occur, where all others have weights of a
   * checkpoint and nothing but decay changes these.
   */
  static @Nullable WordSubset words(
      RunConfig config, EncodedTask task, @Nullable LoadedModel checkpoint) {
    boolean apart = config.training().updateRule().optimizer().kind() == Kind.ADAMW;
    return checkpoint == null || !apart
        ? null
        : task.words().map(words -> WordSubset.of(words, config.encoder())).orElse(null);
  }

  @Override
  public void initialize(TrainableModel model, Consumer<String> notes) {
    model.initialize(new Seeds(seeds.init()).child(Seeds.INIT));
    task.notes().forEach(notes);
    if (checkpoint != null) {
      InitialWeights initial =
          InitialWeights.of(checkpoint, task.head(config).description(), model.shapes());
      model.assign(initial.taken());
      initial.notes(config.start().name(), seeds.init()).forEach(notes);
    }
  }

  @Override
  public Batches batches(TrainingState from) {
    return new TrainBatches(task, config, new Seeds(seeds.data()).child(Seeds.SHUFFLE), from);
  }

  @Override
  public boolean isDue(long step) {
    int every = config.training().evalSteps();
    long between = every > 0 ? every : config.training().stepsPerEpoch(task.trainSize());
    return step % between == 0 || step == steps;
  }

  @Override
  public Checkup check(TrainableModel model, TrainingState state) {
    Evaluation evaluation = predict(model);
    last = evaluation;
    DevScores scores = new DevScores(evaluation.predictions());
    EvaluationPoint point =
        new EvaluationPoint(
            state.step(),
            scores.whole(Protocol.LAST.words(1)),
            scores.choosing(),
            scores.reporting(Protocol.BEST_ON_HALF.words(1)));
    EvaluationHistory history = new EvaluationHistory(state.evaluations());
    boolean isBest = history.add(point);
    if (isBest) {
      best = evaluation;
    }
    int patience = config.training().earlyStoppingPatience();
    boolean goesOn = patience == 0 || history.withoutBetter() < patience;
    if (goesOn && state.step() < steps) {
      watch.begin(Stage.TRAINING, Stage.TRAINING.words(), steps, state.step());
    }
    return new Checkup(figures(point), history.points(), isBest, goesOn);
  }

  private Evaluation predict(TrainableModel model) {
    watch.begin(Stage.EVALUATION, "evaluation on dev", task.devSequences(), 0);
    return task.evaluate(Evaluation.counting(model::predict, watch), config, stop);
  }

  private static Map<String, Double> figures(EvaluationPoint point) {
    Map<String, Double> figures = new TreeMap<>();
    for (Score score : point.dev()) {
      Double value = score.value();
      if (value != null) {
        figures.put("dev_" + score.metric(), value);
      }
    }
    return figures;
  }

  /** What the last weights predict; there once the training is over. */
  Evaluation last() {
    return Objects.requireNonNull(last);
  }

  /**
   * What the weights that are best on dev predict.
   *
   * @param model has them, where they are not the last
   */
  Evaluation best(TrainableModel model) {
    if (best == null) {
      best = predict(model); // they are of a part of the training before it was broken off
    }
    return best;
  }
}
