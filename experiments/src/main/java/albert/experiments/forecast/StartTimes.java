package albert.experiments.forecast;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StrictJson;
import albert.experiments.compress.CompressedDirectory;
import albert.experiments.compress.CompressionReport;
import albert.experiments.config.Checkpoints;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.training.pretraining.PretrainingJob;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the times of what runs share from what any study in a store has made of that kind, on
 * as many threads and in the same precision: pretrainings of the same length by their
 * floating-point operations, compressions of checkpoints as large to the same width, distillations
 * of checkpoints as large by their steps. Medians.
 */
final class StartTimes {

  private static final String WIDTH = "embedding_size";

  private final Checkpoints checkpoints;
  private final List<Pretrained> pretrained = new ArrayList<>();
  private final List<CompressionReport> compressed = new ArrayList<>();

  private record Pretrained(
      PretrainingConfig config, Provenance.Execution execution, double secondsPerFlop) {}

  /**
   * @param root folder of the store; need not exist; what can't be read in it tells nothing
   * @param checkpoints tells the shapes of those that are compressed
   */
  StartTimes(Path root, Checkpoints checkpoints) throws IOException {
    this.checkpoints = checkpoints;
    for (Path study : folders(root)) {
      for (Path start : folders(study.resolve("pretrained"))) {
        pretrained(start).ifPresent(pretrained::add);
      }
      for (Path start : folders(study.resolve("compressed"))) {
        compressed(start).ifPresent(compressed::add);
      }
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Optional<CompressionReport> compressed(Path folder) throws IOException {
    Path file = folder.resolve(CompressedDirectory.REPORT);
    try {
      return Files.exists(file)
          ? Optional.of(new StrictJson().read(file, CompressionReport.class))
          : Optional.empty();
    } catch (RecordFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Pretrained> pretrained(Path folder) throws IOException {
    Path file = new RunDirectory(folder).record();
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      RunRecord record = new StrictJson().read(file, RunRecord.class);
      Settings settings = RecordedConfig.pretraining(PretrainingJob.keys(record));
      PretrainingConfig config = PretrainingKeys.training(settings);
      double flops = StartWork.flops(RecordedConfig.encoder(settings), config);
      return record.timings().stages().stream()
          .filter(stage -> stage.stage() == Stage.PRETRAINING)
          .map(
              stage ->
                  new Pretrained(config, record.provenance().execution(), stage.seconds() / flops))
          .findFirst();
    } catch (RecordFormatException | ConfigException e) {
      return Optional.empty(); // another version's
    }
  }

  /** How long a stage that runs share takes; empty if nothing like it was made. */
  Optional<TimeEstimate> of(RunConfig config, Provenance.Execution execution, StageWork work) {
    return work.stage() == Stage.PRETRAINING
        ? ofPretraining(config, execution, work)
        : ofCompression(config, execution, work);
  }

  private Optional<TimeEstimate> ofPretraining(
      RunConfig config, Provenance.Execution execution, StageWork work) {
    int length = Objects.requireNonNull(config.pretraining()).config().maxSeqLength();
    double[] perFlop =
        pretrained.stream()
            .filter(one -> one.config.maxSeqLength() == length)
            .filter(one -> one.execution.precision().equals(execution.precision()))
            .filter(one -> one.execution.threads() == execution.threads())
            .filter(one -> Objects.equals(one.execution.devices(), execution.devices()))
            .mapToDouble(Pretrained::secondsPerFlop)
            .toArray();
    return RunTimes.estimate(
        perFlop, work.flops(), "%d finished pretrainings of this length, by FLOPs");
  }

  private Optional<TimeEstimate> ofCompression(
      RunConfig config, Provenance.Execution execution, StageWork work) {
    long parameters = ParameterCount.of(source(config)).total();
    boolean distils = work.stage() == Stage.DISTILLATION;
    double[] seconds =
        compressed.stream()
            .filter(one -> execution.equals(one.execution()) && one.stages() != null)
            .filter(one -> one.parameters() == parameters && isLike(one, config, distils))
            .flatMap(one -> Objects.requireNonNull(one.stages()).stream())
            .filter(stage -> stage.stage() == work.stage())
            .mapToDouble(stage -> distils ? stage.seconds() / stage.steps() : stage.seconds())
            .toArray();
    return distils
        ? RunTimes.estimate(
            seconds, (double) work.steps(), "%d finished distillations, by their steps")
        : RunTimes.estimate(seconds, 1, "%d finished compressions to this width");
  }

  private EncoderConfig source(RunConfig config) {
    PretrainingStage stage = config.pretraining();
    return stage == null ? checkpoints.architecture(config.start().name()) : stage.encoder();
  }

  /** Whether a compression did to a checkpoint as large what is asked for. */
  private static boolean isLike(CompressionReport one, RunConfig config, boolean distils) {
    Map<String, Object> keys = ConfigKeys.values(Objects.requireNonNull(config.compression()));
    List<String> same =
        distils
            ? List.of("distill_batch_size", "distill_seq_length")
            : List.of("merge", "embedding_steps");
    return same.stream().allMatch(key -> equal(one.settings().get(key), keys.get(key)))
        && (distils || equal(one.shape().get(WIDTH), config.encoder().embeddingSize()));
  }

  /** Whole numbers come back from a file as another type. */
  private static boolean equal(@Nullable Object one, @Nullable Object other) {
    return Objects.toString(one).equals(Objects.toString(other));
  }
}
