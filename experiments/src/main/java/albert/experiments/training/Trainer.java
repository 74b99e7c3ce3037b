package albert.experiments.training;

import albert.evaluation.record.RunDirectory;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.runtime.StepResult;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains: steps, writes figures and checkpoints, has the weights evaluated, and keeps the best.
 * Everything that decides what comes next is in the newest checkpoint, so that a training that died
 * goes on from it, and with one thread ends as one that never stopped, to the last bit.
 *
 * <p>Whoever makes it closes it, and with it the model.
 */
public final class Trainer implements AutoCloseable {

  private final Objective objective;
  private final TrainingPlan plan;
  private final RunDirectory directory;
  private final TrainingListener listener;
  private final StageWatch watch;
  private final StopSignal stop;
  private final TrainingCheckpoints checkpoints;
  private final Speed speed = new Speed();
  private final TrainingState from;

  private TrainingState state;
  private long saved;
  private TrainableModel model;
  private long modelEnds;
  private long begun;
  private SortedMap<String, FloatTensor> unsavedBest = new TreeMap<>();

  /**
   * Builds the model, with the weights of the newest checkpoint if there is one.
   *
   * @param directory where figures and checkpoints are kept
   * @param listener hears of every step besides
   * @param watch counts the steps of the stage at work
   * @param stop asks to stop between two steps
   * @throws IOException if a checkpoint can't be read
   */
  public Trainer(
      Objective objective,
      RunDirectory directory,
      TrainingListener listener,
      StageWatch watch,
      StopSignal stop)
      throws IOException {
    this.objective = objective;
    this.plan = objective.plan();
    this.directory = directory;
    this.listener = listener;
    this.watch = watch;
    this.stop = stop;
    checkpoints = TrainingCheckpoints.in(directory);
    from = checkpoints.newest().orElse(TrainingState.START);
    state = from;
    saved = from.step();
    model = build(listener::announced);
    modelEnds = objective.servesUntil(from.step());
  }

  private TrainableModel build(Consumer<String> notes) {
    TrainableModel built = objective.build(Math.min(state.step(), plan.steps() - 1));
    try {
      objective.initialize(built, notes);
      if (state.step() > 0) {
        checkpoints.restore(built, state);
      }
      return built;
    } catch (RuntimeException e) {
      built.close();
      throw e;
    }
  }

  /**
   * Trains until the last step, or until an evaluation says that it is enough.
   *
   * @throws DivergedException at the first loss or gradient that is not finite
   * @throws albert.experiments.stage.StoppedException if asked to stop; what was done since the
   *     last checkpoint is then in one, if there are to be any and it was not within an evaluation
   * @throws IOException if a file can't be written
   */
  public void run() throws IOException {
    if (from.step() > 0) {
      listener.wentOn(from.step());
    }
    begun = System.nanoTime();
    try (Batches batches = objective.batches(from);
        MetricsWriter metrics = new MetricsWriter(directory, plan, from)) {
      boolean goesOn = true;
      while (goesOn && state.step() < plan.steps()) {
        if (stop.isRaised()) {
          saveWhatIsNot();
          stop.check();
        }
        if (state.step() == modelEnds) {
          model.close();
          model = build(note -> {});
          modelEnds = objective.servesUntil(state.step());
        }
        step(batches, metrics);
        if (objective.isDue(state.step())) {
          goesOn = check(metrics);
        }
        if (isSaveDue(goesOn)) {
          save();
        }
      }
    }
    state = state.at(seconds());
  }

  /** One update. */
  private void step(Batches batches, MetricsWriter metrics) throws IOException {
    long stepBegun = System.nanoTime();
    Batches.Step step = batches.next();
    double rate = plan.schedule().at(state.step());
    StepResult result = update(step, rate);
    speed.add(step.tokens(), System.nanoTime() - stepBegun);
    long done = state.step() + 1;
    requireFinite("loss", result.loss(), done);
    requireTrainable(result, done);
    watch.step(1);
    metrics.stepped(done, result, rate);
    listener.stepped(done, result, rate);
    state = state.after(step, metrics);
  }

  /** Each batch counts by its share of the examples. */
  private StepResult update(Batches.Step step, double rate) {
    int last = step.batches().size() - 1;
    double loss = 0;
    for (Batches.Batch batch : step.batches().subList(0, last)) {
      StepSettings settings = settings(batch, step, rate);
      loss += settings.share() * model.accumulate(batch.feed(), settings);
    }
    Batches.Batch batch = step.batches().get(last);
    StepSettings settings = settings(batch, step, rate);
    StepResult result = model.step(batch.feed(), settings);
    return last == 0 ? result : result.withLoss((float) (loss + settings.share() * result.loss()));
  }

  private StepSettings settings(Batches.Batch batch, Batches.Step step, double rate) {
    double share = (double) batch.examples() / step.examples();
    return new StepSettings(rate, state.step(), plan.dropoutSeed(), batch.number(), share);
  }

  private static void requireFinite(String figure, float value, long step) {
    if (!Float.isFinite(value)) {
      throw new DivergedException(figure, value, step);
    }
  }

  /** A step is skipped to lower the scale of its loss; at 1 there is nothing left to lower. */
  private static void requireTrainable(StepResult result, long step) {
    StepResult.Scaling scaling = result.scaling();
    if (scaling == null || !scaling.skipped()) {
      requireFinite("gradients' norm", result.gradientNorm(), step);
    } else if (scaling.scale() <= 1) {
      throw DivergedException.inFloat16(result.gradientNorm(), scaling.scale(), step);
    }
  }

  /** Evaluates; says whether to go on. */
  private boolean check(MetricsWriter metrics) throws IOException {
    long checkBegun = System.nanoTime();
    Checkup checkup = objective.check(model, state);
    String best = state.best();
    if (checkup.isBest()) {
      best = TrainingCheckpoints.bestName(state.step());
      unsavedBest = model.weights();
    }
    state = state.after(checkup, best, (System.nanoTime() - checkBegun) * 1e-9);
    metrics.write(state.step(), checkup.figures());
    listener.evaluated(state.step(), checkup.figures());
    return checkup.goesOn();
  }

  private boolean isSaveDue(boolean goesOn) {
    boolean isDue = plan.checkpointSteps() > 0 && state.step() % plan.checkpointSteps() == 0;
    return state.step() == modelEnds || (goesOn && isDue && state.step() < plan.steps());
  }

  private void saveWhatIsNot() throws IOException {
    if (plan.checkpointSteps() > 0 && state.step() > saved) {
      save();
    }
  }

  private void save() throws IOException {
    state = state.at(seconds());
    checkpoints.save(model, state, unsavedBest, plan.keepCheckpoints());
    unsavedBest = new TreeMap<>();
    saved = state.step();
  }

  private double seconds() {
    double now = (System.nanoTime() - begun) * 1e-9;
    return from.seconds() + now - (state.evaluationSeconds() - from.evaluationSeconds());
  }

  /** What there is of the training. */
  public TrainingState state() {
    return state;
  }

  /** The model, with the weights of the last step. */
  public TrainableModel model() {
    return model;
  }

  /** The weights that an evaluation called the best; empty if none did. */
  public SortedMap<String, FloatTensor> best() {
    String file = state.best();
    return file == null || !unsavedBest.isEmpty() ? unsavedBest : checkpoints.best(file);
  }

  /** Tokens that are no padding, of the steps alone; null if there were too few to measure. */
  public @Nullable Double tokensPerSecond() {
    return speed.tokensPerSecond();
  }

  @Override
  public void close() {
    model.close();
  }
}
