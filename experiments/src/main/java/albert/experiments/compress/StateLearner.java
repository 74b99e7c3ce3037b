package albert.experiments.compress;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.experiments.ModelInputs;
import albert.experiments.config.CompressionConfig;
import albert.model.io.LoadedModel;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.Distillation;
import albert.model.runtime.Distillation.Encoder;
import albert.model.runtime.Distillation.Lesson;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.NonFiniteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Lets a compressed model learn its checkpoint's hidden states and measures how far it is from
 * them: after the closed form, and after everything it learnt. A session that learns also measures,
 * as building one takes seconds.
 */
final class StateLearner implements AutoCloseable {
  private static final String EMBEDDINGS = "bert/embeddings/";
  private static final String PROJECTION = "bert/encoder/embedding_hidden_mapping_in/";
  private static final double EMBEDDING_RATE = 1e-3;

  /** Not the distillation's: distances of different batches would differ a little. */
  private static final int HELD_OUT_BATCH = 32;

  /** No weight decay: the aim is the teacher's function, not a small one. */
  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(OptimizerConfig.Kind.ADAMW, 0, 0.9, 0.999, 1e-8, 1.0, true);

  private final Compressor compressor;
  private final CompressionConfig config;
  private final Batcher train;
  private final Batcher heldOut;
  private final LoadedModel start;
  private final TeacherStates teacher;
  private final Map<String, FloatTensor> weights;
  private final List<CompressionReport.Step> steps = new ArrayList<>();
  private String closedForm = "";
  private double closedFormSeconds;

  /**
   * @param start where the closed form ended
   */
  StateLearner(Compressor compressor, UnlabelledText.Encoded texts, LoadedModel start) {
    this.compressor = compressor;
    this.config = compressor.config();
    this.start = start;
    this.weights = new TreeMap<>(start.weights());
    this.teacher =
        new TeacherStates(
            compressor.source(),
            compressor.options(),
            config.distillSeconds() == 0 ? compressor.states() : null);
    this.train = new Batcher(texts.train(), config.distillBatchSize(), texts.padId());
    this.heldOut = new Batcher(texts.heldOut(), HELD_OUT_BATCH, texts.padId());
  }

  /** Says how the closed form is called and when it began; it is measured by the first session. */
  void begin(String name, long from) {
    closedForm = name;
    closedFormSeconds = secondsSince(from);
  }

  /** Fits tables, layer norm and projection to the checkpoint's embeddings. */
  void fitEmbeddings(Supplier<Map<String, HostTensor>> batches) {
    learn(
        "fit",
        new Lesson(0, 0, StateLearner::isEmbedding),
        () -> {
          Map<String, HostTensor> batch = batches.get();
          return new Taught(batch, teacher.compute(batch, 0, 0));
        },
        new RateSchedule(EMBEDDING_RATE, config.embeddingSteps(), 0));
  }

  /** Lets the layers learn the checkpoint's hidden states. */
  void distill() {
    int blocks = compressor.target().blocksApplied();
    TextBatches batches = new TextBatches(train, compressor.seed());
    learn(
        "distill",
        new Lesson(1, blocks, name -> !isEmbedding(name)),
        () -> {
          Map<String, HostTensor> batch = batches.get();
          return new Taught(batch, teacher.of(batch, 1, blocks));
        },
        new RateSchedule(
            config.distillLearningRate(), config.distillSteps(), config.distillSeconds()));
  }

  /** What each step left, the closed form first. */
  List<CompressionReport.Step> steps() {
    if (steps.isEmpty()) {
      Lesson all = new Lesson(0, compressor.target().blocksApplied(), unused -> true);
      try (Distillation session = session(all)) {
        measureClosedForm(session);
      }
    }
    return List.copyOf(steps);
  }

  /** The model as it is now. */
  LoadedModel model() {
    return new LoadedModel(
        compressor.target(),
        start.head(),
        weights,
        compressor.source().model().tokenizerFile(),
        start.notes());
  }

  /**
   * A batch with what its teacher makes of it.
   *
   * @param states the lesson's
   */
  private record Taught(Map<String, HostTensor> batch, List<FloatTensor> states) {}

  private void learn(String name, Lesson lesson, Supplier<Taught> batches, RateSchedule schedule) {
    long from = System.nanoTime();
    try (Distillation session = session(lesson)) {
      double building = secondsSince(from);
      if (steps.isEmpty()) {
        measureClosedForm(session);
      }
      long begun = System.nanoTime();
      int step = 0;
      double progress = 0;
      while (progress < 1) {
        compressor.stop().check();
        Taught taught = batches.get();
        session.step(taught.batch(), taught.states(), schedule.rate(progress), step++);
        compressor.watch().step(1);
        progress = schedule.progress(step, secondsSince(begun));
      }
      weights.putAll(session.weights());
      measure(session, name, step, building + secondsSince(begun));
    }
  }

  private Distillation session(Lesson lesson) {
    return Distillation.build(
        new Encoder(compressor.target(), weights), lesson, OPTIMIZER, compressor.options());
  }

  private void measureClosedForm(Distillation session) {
    measure(session, closedForm, 0, closedFormSeconds);
  }

  private void measure(Distillation session, String name, int updates, double seconds) {
    int blocks = compressor.target().blocksApplied();
    double[] sums = new double[blocks + 1];
    long tokens = 0;
    for (EncodedBatch batch : heldOut.evaluation()) {
      Map<String, HostTensor> inputs = ModelInputs.of(batch);
      List<Double> distances = session.distances(inputs, teacher.of(inputs, 0, blocks));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += distances.get(i) * batch.tokens();
      }
      tokens += batch.tokens();
    }
    List<Double> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(sum / tokens);
    }
    requireFinite(name, means);
    steps.add(
        new CompressionReport.Step(
            name, updates, means, compressor.scorer().apply(model()), seconds));
  }

  @Override
  public void close() {
    teacher.close();
  }

  private void requireFinite(String step, List<Double> distances) {
    weights.forEach(
        (variable, tensor) -> {
          if (tensor.nonFinite() > 0) {
            throw new NonFiniteException(
                String.format(
                    Locale.ROOT,
                    "%s is NaN or infinite after step %s; nothing was written, and a lower"
                        + " --distill-learning-rate may help",
                    variable,
                    step));
          }
        });
    if (!distances.stream().allMatch(Double::isFinite)) {
      throw new NonFiniteException(
          String.format(
              Locale.ROOT,
              "the distance to the original is NaN or infinite after step %s: with such weights"
                  + " the outputs overflow; nothing was written",
              step));
    }
  }

  private static boolean isEmbedding(String name) {
    return name.startsWith(EMBEDDINGS) || name.startsWith(PROJECTION);
  }

  private static double secondsSince(long from) {
    return (System.nanoTime() - from) * 1e-9;
  }
}
