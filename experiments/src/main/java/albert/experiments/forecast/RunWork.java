package albert.experiments.forecast;

import albert.datasets.task.SplitName;
import albert.evaluation.record.Stage;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.TrainingConfig;
import albert.experiments.study.WorkDone;
import albert.experiments.training.CountedCosts;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterCount;
import albert.model.optim.OptimizerConfig.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a run with what each computes.
 *
 * @param sizes of the tasks' data
 * @param done what there is already
 */
record RunWork(TaskSizes sizes, WorkDone done) {

  /** Graph and initial weights cost about as much as so many updates of all weights. */
  private static final int UPDATES_TO_START = 25;

  private static final int LATENCY_PASSES = 103;

  /** What a step without dropout takes of one with it: .108 s of .135 s for six layers, H 384. */
  private static final double WITHOUT_DROPOUT = 0.8;

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
      works.add(StartWork.pretraining(config.pretraining(), done.pretraining(config, run.seeds())));
    }
    if (config.compression() != null) {
      works.addAll(
          StartWork.compression(
              config, done.compression(config, run.seeds()), sizes.unlabelledWidth(config)));
    }
    works.add(training(config, steps, trained));
    StageWork evaluation = evaluation(config, steps, trained);
    works.add(evaluation);
    works.add(files(config, evaluation.times()));
    otherParts(config).ifPresent(works::add);
    works.add(latency(config));
    return Optional.of(works);
  }

  /** The last weights, and those that are best on dev where they may be others. */
  private static StageWork files(RunConfig config, long evaluations) {
    double weights = (double) parameters(config) * Math.min(2, evaluations);
    return new StageWork(Stage.FILES, null, 1, 0, 0, false, 0, 1, weights);
  }

  private Optional<StageWork> otherParts(RunConfig config) {
    long sequences = 0;
    double padded = 0;
    for (SplitName split : sizes.otherParts(config)) {
      long own = sizes.of(config, split).map(TaskSizes.Size::sequences).orElse(0L);
      sequences += own;
      padded += own * width(config, split);
    }
    return sequences == 0
        ? Optional.empty()
        : Optional.of(
            new StageWork(
                Stage.OTHER_PARTS,
                null,
                1,
                sequences,
                0,
                false,
                sequences * cost(config).forwardPerSequence(0),
                padded / sequences,
                0));
  }

  private StageWork latency(RunConfig config) {
    double flops = LATENCY_PASSES * cost(config).forwardPerSequence(0);
    double width = width(config, SplitName.DEV);
    return new StageWork(
        Stage.LATENCY, null, 1, LATENCY_PASSES, 0, false, flops, width, LATENCY_PASSES);
  }

  private static long parameters(RunConfig config) {
    return ParameterCount.of(config.encoder()).total();
  }

  /** Steps of a run's training; null where the data that decides it is missing. */
  @Nullable Long steps(RunConfig config) {
    TrainingConfig training = config.training();
    return training.maxSteps() > 0
        ? (Long) (long) training.maxSteps()
        : sizes
            .of(config, SplitName.TRAIN)
            .map(size -> training.steps(size.counted()))
            .orElse(null);
  }

  private StageWork training(RunConfig config, long steps, long trained) {
    double flops =
        CountedCosts.of(config, sizes.together(config)).own().trainFlops()
            * config.training().gradientAccumulationSteps()
            * steps
            * (config.encoder().hiddenDropoutProb() == 0 ? WITHOUT_DROPOUT : 1);
    return new StageWork(
        Stage.TRAINING,
        null,
        1,
        steps,
        trained,
        false,
        flops,
        width(config, SplitName.TRAIN),
        (parameters(config) - notUpdated(config)) * (steps + UPDATES_TO_START));
  }

  /** Weights of words that do not occur, where a training leaves them out. */
  private double notUpdated(RunConfig config) {
    boolean fromWeights = config.start().isModel() || config.pretraining() != null;
    if (!fromWeights || config.training().updateRule().optimizer().kind() != Kind.ADAMW) {
      return 0;
    }
    EncoderConfig encoder = config.encoder();
    double words =
        Stream.of(SplitName.TRAIN, SplitName.DEV)
            .flatMap(split -> sizes.of(config, split).stream())
            .mapToDouble(TaskSizes.Size::words)
            .max()
            .orElse(encoder.vocabSize());
    return Math.max(0, encoder.vocabSize() - words) * encoder.embeddingSize();
  }

  private StageWork evaluation(RunConfig config, long steps, long trained) {
    long sequences = sizes.of(config, SplitName.DEV).map(TaskSizes.Size::sequences).orElse(0L);
    Long examples = sizes.of(config, SplitName.TRAIN).map(TaskSizes.Size::counted).orElse(null);
    long times = examples == null ? 1 : evaluations(config.training(), steps, examples);
    return new StageWork(
        Stage.EVALUATION,
        null,
        times,
        times * sequences,
        examples == null ? 0 : evaluationsBefore(config.training(), trained, examples) * sequences,
        false,
        times * sequences * cost(config).forwardPerSequence(0),
        width(config, SplitName.DEV),
        0);
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
