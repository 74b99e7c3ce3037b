package albert.experiments.compress;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.ModelInputs;
import albert.experiments.RecordedExecution;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.ConfigKeys;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.compress.Compression;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterCount;
import albert.model.io.LoadedModel;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.Distillation;
import albert.model.runtime.Distillation.Encoder;
import albert.model.runtime.Distillation.Lesson;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.NonFiniteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes a model of another shape out of a checkpoint: factorises the embeddings and fits them,
 * merges layers, and lets the result learn the checkpoint's hidden states.
 *
 * @param source the checkpoint
 * @param target the shape
 * @param config how
 * @param seed draws the words and the order of the texts, as {@link CompressionConfig#seed} says
 * @param options what it runs on
 * @param text what it learns from
 * @param watch measures the stages
 * @param stop asks to stop between two steps
 * @param scorer says what every step leaves of the checkpoint's skill: scores by metric
 */
public record Compressor(
    PretrainedModel source,
    EncoderConfig target,
    CompressionConfig config,
    long seed,
    RuntimeOptions options,
    UnlabelledText text,
    StageWatch watch,
    StopSignal stop,
    Function<LoadedModel, SortedMap<String, Double>> scorer) {

  /** Without scores. */
  public Compressor(
      PretrainedModel source,
      EncoderConfig target,
      CompressionConfig config,
      long seed,
      RuntimeOptions options,
      UnlabelledText text,
      StageWatch watch,
      StopSignal stop) {
    this(
        source, target, config, seed, options, text, watch, stop, model -> new TreeMap<>(Map.of()));
  }

  private static final int SAMPLES = 32_768;
  private static final double EMBEDDING_RATE = 1e-3;
  private static final double WARM_UP = 0.1;

  /** No weight decay: the aim is the teacher's function, not a small one. */
  private static final OptimizerConfig OPTIMIZER =
      new OptimizerConfig(OptimizerConfig.Kind.ADAMW, 0, 0.9, 0.999, 1e-8, 1.0, true);

  /**
   * The result.
   *
   * @param model the compressed model, with the checkpoint's tokenizer
   * @param report what each step lost
   */
  public record Result(LoadedModel model, CompressionReport report) {}

  /** Compresses. */
  public Result run() {
    long begun = System.nanoTime();
    boolean factorised = target.embeddingSize() != source.model().config().embeddingSize();
    watch.begin(
        Stage.COMPRESSION,
        factorised ? "factorising the embeddings" : "merging the layers",
        factorised ? config.embeddingSteps() : 0,
        0);
    UnlabelledText.Encoded texts = encoded();
    WordSampler words = new WordSampler(source.model().config(), texts.train(), seed);
    long from = System.nanoTime();
    Compression start =
        Compression.of(source.model(), target, config.merge(), words.samples(SAMPLES), options);
    Learner learner = new Learner(texts, start.model());
    Map<String, FloatTensor> weights = new TreeMap<>(start.model().weights());
    List<CompressionReport.Step> steps = new ArrayList<>();
    if (factorised) {
      steps.add(learner.measured("factorise", 0, weights, from));
      if (config.embeddingSteps() > 0) {
        from = System.nanoTime();
        int done = learner.fitEmbeddings(weights, words::batch);
        steps.add(learner.measured("fit", done, weights, from));
      }
    } else {
      steps.add(learner.measured("merge", 0, weights, from));
    }
    long shaped = System.nanoTime();
    if (config.distillSteps() > 0) {
      from = shaped;
      int done = learner.distill(weights);
      steps.add(learner.measured("distill", done, weights, from));
    }
    LoadedModel model = model(weights, start.model());
    long ended = System.nanoTime();
    watch.end();
    return new Result(model, report(steps, model, stages(steps, begun, shaped, ended)));
  }

  /** How long the stages took: the closed forms with the fit, and the distillation. */
  private static List<StageSeconds> stages(
      List<CompressionReport.Step> steps, long begun, long shaped, long ended) {
    List<StageSeconds> stages = new ArrayList<>();
    long[] updates = new long[2];
    steps.forEach(step -> updates[step.name().equals("distill") ? 1 : 0] += step.updates());
    stages.add(new StageSeconds(Stage.COMPRESSION, updates[0], (shaped - begun) * 1e-9));
    if (updates[1] > 0) {
      stages.add(new StageSeconds(Stage.DISTILLATION, updates[1], (ended - shaped) * 1e-9));
    }
    return stages;
  }

  private LoadedModel model(Map<String, FloatTensor> weights, LoadedModel start) {
    return new LoadedModel(
        target, start.head(), weights, source.model().tokenizerFile(), start.notes());
  }

  private UnlabelledText.Encoded encoded() {
    int longest =
        Math.min(config.distillSeqLength(), source.model().config().maxPositionEmbeddings());
    try (Tokenizer tokenizer = Tokenizers.open(source.requireTokenizer())) {
      return text.encode(tokenizer, longest);
    }
  }

  private CompressionReport report(
      List<CompressionReport.Step> steps, LoadedModel model, List<StageSeconds> stages) {
    Map<String, Object> shape = new LinkedHashMap<>(ConfigKeys.values(target));
    shape
        .keySet()
        .retainAll(
            List.of(
                "embedding_size",
                "sharing",
                "sharing_pattern",
                "groups",
                ConfigKeys.LAYER_DELTA_RANK));
    return new CompressionReport(
        source.name(),
        source.weights().sha256(),
        ParameterCount.of(source.model().config()).total(),
        ParameterCount.of(target).total(),
        shape,
        ConfigKeys.values(config, seed),
        text.name(),
        scorer.apply(source.model()),
        steps,
        model.notes(),
        stages.stream().mapToDouble(StageSeconds::seconds).sum(),
        stages,
        RecordedExecution.of(options));
  }

  /** Trains weights in place. */
  private final class Learner {
    private static final String EMBEDDINGS = "bert/embeddings/";
    private static final String PROJECTION = "bert/encoder/embedding_hidden_mapping_in/";

    private final Batcher train;
    private final Batcher heldOut;
    private final LoadedModel start;
    private final Encoder teacher = new Encoder(source.model().config(), source.model().weights());

    Learner(UnlabelledText.Encoded texts, LoadedModel start) {
      this.start = start;
      train = new Batcher(texts.train(), config.distillBatchSize(), texts.padId());
      heldOut = new Batcher(texts.heldOut(), config.distillBatchSize(), texts.padId());
    }

    int fitEmbeddings(Map<String, FloatTensor> weights, Supplier<Map<String, HostTensor>> batches) {
      return learn(
          weights,
          new Lesson(0, 0, Learner::isEmbedding),
          batches,
          new Schedule(EMBEDDING_RATE, config.embeddingSteps(), 0));
    }

    int distill(Map<String, FloatTensor> weights) {
      watch.begin(Stage.DISTILLATION, "distilling the layers", config.distillSteps(), 0);
      Predicate<String> layers = name -> !isEmbedding(name);
      return learn(
          weights,
          new Lesson(1, target.blocksApplied(), layers),
          new Epochs(),
          new Schedule(
              config.distillLearningRate(), config.distillSteps(), config.distillSeconds()));
    }

    private int learn(
        Map<String, FloatTensor> weights,
        Lesson lesson,
        Supplier<Map<String, HostTensor>> batches,
        Schedule schedule) {
      try (Distillation distillation =
          Distillation.build(teacher, new Encoder(target, weights), lesson, OPTIMIZER, options)) {
        long begun = System.nanoTime();
        int step = 0;
        double progress = 0;
        while (progress < 1) {
          stop.check();
          distillation.step(batches.get(), schedule.rate(progress), step++);
          watch.step(1);
          progress = schedule.progress(step, (System.nanoTime() - begun) * 1e-9);
        }
        weights.putAll(distillation.weights());
        return step;
      }
    }

    CompressionReport.Step measured(
        String name, int updates, Map<String, FloatTensor> weights, long from) {
      double seconds = (System.nanoTime() - from) * 1e-9;
      Lesson lesson = new Lesson(0, target.blocksApplied(), unused -> true);
      try (Distillation distillation =
          Distillation.build(teacher, new Encoder(target, weights), lesson, OPTIMIZER, options)) {
        double[] sums = new double[distillation.states()];
        long tokens = 0;
        for (EncodedBatch batch : heldOut.evaluation()) {
          List<Double> distances = distillation.distances(ModelInputs.of(batch));
          for (int i = 0; i < sums.length; i++) {
            sums[i] += distances.get(i) * batch.tokens();
          }
          tokens += batch.tokens();
        }
        List<Double> means = new ArrayList<>();
        for (double sum : sums) {
          means.add(sum / tokens);
        }
        requireFinite(name, weights, means);
        return new CompressionReport.Step(
            name, updates, means, scorer.apply(model(weights, start)), seconds);
      }
    }

    private static void requireFinite(
        String step, Map<String, FloatTensor> weights, List<Double> distances) {
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

    /** The texts' batches, epoch after epoch. */
    private final class Epochs implements Supplier<Map<String, HostTensor>> {
      private int epoch = -1;
      private int next;
      private List<EncodedBatch> batches = List.of();

      @Override
      public Map<String, HostTensor> get() {
        if (next == batches.size()) {
          epoch++;
          next = 0;
          batches = train.epoch(seed, epoch);
        }
        return ModelInputs.of(batches.get(next++));
      }
    }
  }

  /**
   * A learning rate over steps, or over time where that is shorter.
   *
   * @param peak highest rate
   * @param steps at most
   * @param seconds at most; 0 for no limit
   */
  private record Schedule(double peak, int steps, int seconds) {
    double progress(int step, double elapsed) {
      double done = (double) step / steps;
      return seconds == 0 ? done : Math.max(done, elapsed / seconds);
    }

    double rate(double progress) {
      return peak * Math.min(1, (progress + 1.0 / steps) / WARM_UP) * (1 - progress);
    }
  }
}
