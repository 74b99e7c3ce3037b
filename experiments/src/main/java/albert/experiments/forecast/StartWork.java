package albert.experiments.forecast;

import albert.evaluation.record.Stage;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.study.WorkDone;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterCount;
import java.util.List;
import java.util.Objects;

/** The stages that runs share, with what each computes. */
final class StartWork {

  /** A teacher's forward pass beside the student's training, which is three. */
  private static final int DISTILLATION_PASSES = 4;

  /** Words of a step that fits embeddings. */
  private static final int WORDS_A_BATCH = 4_096;

  /** Operations for each weight of a layer and each word: forward, and backward twice. */
  private static final int TRAINING_FLOPS = 6;

  private StartWork() {}

  /** A pretraining; texts are packed, so that sequences are about as long as the longest. */
  static StageWork pretraining(PretrainingStage stage, WorkDone.Part part) {
    PretrainingConfig config = stage.config();
    EncoderConfig encoder = stage.encoder();
    long steps = config.maxSteps();
    double logits =
        (double) sequencesAStep(config)
            * config.exampleSettings().maxPredictionsPerSeq()
            * encoder.vocabSize();
    return new StageWork(
        Stage.PRETRAINING,
        part.name(),
        1,
        steps,
        part.steps(),
        part.done(),
        flops(encoder, config),
        1,
        steps * (ParameterCount.of(encoder).total() + logits));
  }

  /** Operations of all steps of a pretraining. */
  static double flops(EncoderConfig encoder, PretrainingConfig config) {
    return ComputeCost.of(encoder, config.maxSeqLength())
            .trainingPerSequence(config.exampleSettings().maxPredictionsPerSeq())
        * sequencesAStep(config)
        * config.maxSteps();
  }

  private static long sequencesAStep(PretrainingConfig config) {
    return (long) config.batchSize() * config.gradientAccumulationSteps();
  }

  /**
   * A compression, and the distillation after it if there is one.
   *
   * @param width of the texts that it learns from, as a part of the longest
   */
  static List<StageWork> compression(RunConfig config, WorkDone.Part part, double width) {
    CompressionConfig compression = Objects.requireNonNull(config.compression());
    EncoderConfig encoder = config.encoder();
    ParameterCount parameters = ParameterCount.of(encoder);
    long layers = parameters.attention() + parameters.feedForward();
    long fits = encoder.hasEmbeddingProjection() ? compression.embeddingSteps() : 0;
    double mapping = (double) encoder.embeddingSize() * encoder.hiddenSize();
    StageWork shape =
        shared(
            Stage.COMPRESSION,
            part,
            fits,
            TRAINING_FLOPS * mapping * fits * WORDS_A_BATCH,
            1,
            (double) fits * (parameters.total() - layers));
    int steps = compression.distillSteps();
    if (steps == 0) {
      return List.of(shape);
    }
    int length = Math.min(compression.distillSeqLength(), encoder.maxPositionEmbeddings());
    double perSequence =
        DISTILLATION_PASSES * ComputeCost.of(encoder, length).forwardPerSequence(0);
    StageWork distillation =
        shared(
            Stage.DISTILLATION,
            part,
            steps,
            perSequence * compression.distillBatchSize() * steps,
            width,
            (double) steps * layers);
    return List.of(shape, distillation);
  }

  private static StageWork shared(
      Stage stage, WorkDone.Part part, long steps, double flops, double width, double values) {
    String name = String.join(" ", stage.words(), part.name());
    return new StageWork(stage, name, 1, steps, 0, part.done(), flops, width, values);
  }
}
