package albert.experiments.compress;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
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
import albert.model.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 * @param states where the checkpoint's hidden states are kept for other shapes, null for nowhere. A
 *     distillation for a given time keeps none: who came later would learn more in it
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
    Function<LoadedModel, SortedMap<String, Double>> scorer,
    @Nullable Path states) {

  /** Without scores. */
  public Compressor(
      PretrainedModel source,
      EncoderConfig target,
      CompressionConfig config,
      long seed,
      RuntimeOptions options,
      UnlabelledText text,
      StageWatch watch,
      StopSignal stop,
      @Nullable Path states) {
    this(
        source,
        target,
        config,
        seed,
        options,
        text,
        watch,
        stop,
        model -> new TreeMap<>(Map.of()),
        states);
  }

  private static final int SAMPLES = 32_768;
  private static final int TEXTS_OF_WORDS = 16_384;

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
    try (StateLearner learner = new StateLearner(this, texts, start.model())) {
      learner.begin(factorised ? "factorise" : "merge", from);
      if (factorised && config.embeddingSteps() > 0) {
        learner.fitEmbeddings(words::batch);
      }
      long shaped = System.nanoTime();
      if (config.distillSteps() > 0) {
        watch.begin(Stage.DISTILLATION, "distilling the layers", config.distillSteps(), 0);
        learner.distill();
      }
      List<CompressionReport.Step> steps = learner.steps();
      LoadedModel model = learner.model();
      long ended = System.nanoTime();
      watch.end();
      return new Result(model, report(steps, model, stages(steps, begun, shaped, ended)));
    }
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

  private UnlabelledText.Encoded encoded() {
    int longest =
        Math.min(config.distillSeqLength(), source.model().config().maxPositionEmbeddings());
    try (Tokenizer tokenizer = Tokenizers.open(source.requireTokenizer())) {
      return text.encode(tokenizer, longest, textsNeeded(), seed);
    }
  }

  /** No more texts are encoded than the steps read; the words are drawn from enough of them. */
  private int textsNeeded() {
    long read = (long) config.distillSteps() * config.distillBatchSize();
    return (int) Math.min(Integer.MAX_VALUE, Math.max(TEXTS_OF_WORDS, read));
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
}
