package albert.experiments.forecast;

import albert.datasets.task.SplitName;
import albert.evaluation.record.Stage;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.TrainingConfig;
import albert.experiments.run.CountedCosts;
import albert.experiments.run.WorkDone;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a run with what each computes.
 *
 * @param sizes of the tasks' data
 * @param done what there is already
 */
record RunWork(TaskSizes sizes, WorkDone done) {

  /** A teacher's forward pass beside the student's training, which is three. */
  private static final int DISTILLATION_PASSES = 4;

  /** Words of a step that fits embeddings; the product is with E × H, forward and backward. */
  private static final int WORDS_A_BATCH = 4_096;

  private static final int LATENCY_PASSES = 103;

  /**
   * The stages in their order.
   *
   * @param trained training steps that were done before
   * @return empty where the data that decides the steps is missing
   */
  Optional<List<StageWork>> of(PlannedRun run, long trained) {
    RunConfig config = run.config();
    Long steps = steps(config);
    if (steps == null) {
      return Optional.empty();
    }
    List<StageWork> works = new ArrayList<>();
    if (config.pretraining() != null) {
      works.add(pretraining(config.pretraining(), done.pretraining(config, run.seeds())));
    }
    if (config.compression() != null) {
      addCompression(works, config, done.compression(config, run.seeds()));
    }
    works.add(training(config, steps, trained));
    works.add(evaluation(config, steps, trained));
    works.add(own(Stage.FILES, 0, 0));
    works.add(
        own(
            Stage.LATENCY,
            LATENCY_PASSES,
            LATENCY_PASSES * cost(config).forwardPerSequence(0) * width(config, SplitName.DEV)));
    return Optional.of(works);
  }

  private static StageWork own(Stage stage, long steps, double flops) {
    return new StageWork(stage, null, 1, steps, 0, false, flops, 1);
  }

  /** Steps of a run's training; null where the data that decides it is missing. */
  @Nullable Long steps(RunConfig config) {
    TrainingConfig training = config.training();
    return training.maxSteps() > 0
        ? (Long) (long) training.maxSteps()
        : sizes
            .of(config, SplitName.TRAIN)
            .map(size -> training.steps(size.sequences()))
            .orElse(null);
  }

  private StageWork training(RunConfig config, long steps, long trained) {
    double flops =
        CountedCosts.of(config).own().trainFlops()
            * config.training().gradientAccumulationSteps()
            * steps;
    return new StageWork(
        Stage.TRAINING, null, 1, steps, trained, false, flops, width(config, SplitName.TRAIN));
  }

  private StageWork evaluation(RunConfig config, long steps, long trained) {
    long sequences = sizes.of(config, SplitName.DEV).map(TaskSizes.Size::sequences).orElse(0L);
    Long examples = sizes.of(config, SplitName.TRAIN).map(TaskSizes.Size::sequences).orElse(null);
    long times = examples == null ? 1 : evaluations(config.training(), steps, examples);
    return new StageWork(
        Stage.EVALUATION,
        null,
        times,
        times * sequences,
        examples == null ? 0 : evaluationsBefore(config.training(), trained, examples) * sequences,
        false,
        times * sequences * cost(config).forwardPerSequence(0),
        width(config, SplitName.DEV));
  }

  /** How often a training is evaluated on dev: also after its last step. */
  static long evaluations(TrainingConfig training, long steps, long examples) {
    long before = evaluationsBefore(training, steps, examples);
    return before * every(training, examples) == steps ? before : before + 1;
  }

  private static long evaluationsBefore(TrainingConfig training, long steps, long examples) {
    return steps / every(training, examples);
  }

  /** Steps between two evaluations. */
  private static long every(TrainingConfig training, long examples) {
    return training.evalSteps() > 0
        ? training.evalSteps()
        : Math.max(1, training.stepsPerEpoch(examples));
  }

  /** Every sequence as long as the longest; texts are packed to that. */
  static StageWork pretraining(PretrainingStage stage, WorkDone.Part part) {
    PretrainingConfig config = stage.config();
    double flops = flops(stage.encoder(), config);
    return new StageWork(
        Stage.PRETRAINING, part.name(), 1, config.maxSteps(), part.steps(), part.done(), flops, 1);
  }

  static double flops(EncoderConfig encoder, PretrainingConfig config) {
    return ComputeCost.of(encoder, config.maxSeqLength())
            .trainingPerSequence(config.exampleSettings().maxPredictionsPerSeq())
        * config.batchSize()
        * config.gradientAccumulationSteps()
        * config.maxSteps();
  }

  private static void addCompression(List<StageWork> works, RunConfig config, WorkDone.Part part) {
    CompressionConfig compression = config.compression();
    if (compression == null) {
      return;
    }
    long fits = isFactorised(config) ? compression.embeddingSteps() : 0;
    double perWord = 2.0 * 3 * config.encoder().embeddingSize() * config.encoder().hiddenSize();
    works.add(shared(Stage.COMPRESSION, part, fits, fits * WORDS_A_BATCH * perWord));
    if (compression.distillSteps() > 0) {
      int length =
          Math.min(compression.distillSeqLength(), config.encoder().maxPositionEmbeddings());
      double perStep =
          DISTILLATION_PASSES
              * ComputeCost.of(config.encoder(), length).forwardPerSequence(0)
              * compression.distillBatchSize();
      works.add(
          shared(
              Stage.DISTILLATION,
              part,
              compression.distillSteps(),
              perStep * compression.distillSteps()));
    }
  }

  private static boolean isFactorised(RunConfig config) {
    return config.encoder().hasEmbeddingProjection();
  }

  private static StageWork shared(Stage stage, WorkDone.Part part, long steps, double flops) {
    String name = String.join(" ", stage.words(), part.name());
    return new StageWork(stage, name, 1, steps, 0, part.done(), flops, 1);
  }

  private double width(RunConfig config, SplitName split) {
    return sizes
        .of(config, split)
        .map(size -> Math.min(1, size.width() / config.training().maxSeqLength()))
        .orElse(1.0);
  }

  private static ComputeCost cost(RunConfig config) {
    return ComputeCost.of(config.encoder(), config.training().maxSeqLength());
  }
}
