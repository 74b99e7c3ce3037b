package albert.experiments.forecast;

import albert.datasets.task.SplitName;
import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Stage;
import albert.evaluation.record.Timings;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.RunConfig;
import albert.experiments.config.TrainingConfig;
import albert.model.config.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the times of a run's own stages from finished runs on as many threads and in the same
 * precision: those of the same variant, else those of the same task and length, by their
 * floating-point operations. Medians, so that a run that was disturbed does not matter.
 */
final class RunTimes {

  private final List<Finished> finished = new ArrayList<>();

  /**
   * A run that is over.
   *
   * @param seconds by stage, as far as they were measured
   * @param flops of all steps of a stage, every sequence as long as the longest
   */
  private record Finished(
      RunConfig config,
      Provenance.Execution execution,
      Map<Stage, Double> seconds,
      Map<Stage, Double> flops) {}

  /** Takes what the records of any studies tell; those of other versions tell nothing. */
  RunTimes(List<RunRecord> records) {
    records.stream()
        .filter(record -> record.status() == RunStatus.FINISHED)
        .forEach(record -> finished(record).ifPresent(finished::add));
  }

  private static Optional<Finished> finished(RunRecord record) {
    ModelCosts costs = record.costs();
    if (costs == null) {
      return Optional.empty();
    }
    try {
      RunConfig config = RecordedConfig.of(record.config());
      return Optional.of(
          new Finished(
              config,
              record.provenance().execution(),
              seconds(record.timings()),
              flops(config, costs, record.data().get(0).rows())));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** Records that do not tell stages tell of two of them. */
  private static Map<Stage, Double> seconds(Timings timings) {
    Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
    timings.stages().forEach(stage -> seconds.put(stage.stage(), stage.seconds()));
    if (seconds.isEmpty()) {
      put(seconds, Stage.TRAINING, timings.trainSeconds());
      put(seconds, Stage.EVALUATION, timings.evaluationSeconds());
    }
    return seconds;
  }

  private static void put(Map<Stage, Double> seconds, Stage stage, @Nullable Double value) {
    if (value != null) {
      seconds.put(stage, value);
    }
  }

  private static Map<Stage, Double> flops(
      RunConfig config, ModelCosts costs, Map<String, Long> rows) {
    TrainingConfig training = config.training();
    double sequencesOfExample = (double) costs.batchSize() / training.batchSize();
    long examples = rows.getOrDefault("train", 0L);
    long steps = training.steps(examples);
    return Map.of(
        Stage.TRAINING,
        costs.own().trainFlops() * training.gradientAccumulationSteps() * steps,
        Stage.EVALUATION,
        costs.own().forwardFlops()
            * sequencesOfExample
            * rows.getOrDefault(SplitName.DEV.id(), 0L)
            * RunWork.evaluations(training, steps, examples));
  }

  /** What makes a recorded run what it is, but for its seeds; empty if of another version. */
  static Optional<Map<String, Object>> identity(RunRecord record) {
    try {
      return Optional.of(RecordedConfig.of(record.config()).identity());
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** How long a stage of a run takes; empty if no finished run tells. */
  Optional<TimeEstimate> of(RunConfig config, Provenance.Execution execution, StageWork work) {
    List<Finished> there =
        finished.stream()
            .filter(run -> run.execution.equals(execution) && run.seconds.containsKey(work.stage()))
            .toList();
    return ofSame(there, config, work).or(() -> ofSimilar(there, config, work));
  }

  private static Optional<TimeEstimate> ofSame(
      List<Finished> there, RunConfig config, StageWork work) {
    double[] seconds =
        there.stream()
            .filter(run -> run.config.identity().equals(config.identity()))
            .mapToDouble(run -> value(run.seconds, work.stage()))
            .toArray();
    return estimate(seconds, 1, "%d finished runs of this variant");
  }

  private static Optional<TimeEstimate> ofSimilar(
      List<Finished> there, RunConfig config, StageWork work) {
    Stage stage = work.stage();
    boolean byFlops = stage == Stage.TRAINING || stage == Stage.EVALUATION;
    double[] seconds =
        there.stream()
            .filter(run -> isSimilar(run.config, config, stage))
            .filter(run -> !byFlops || value(run.flops, stage) > 0)
            .mapToDouble(run -> value(run.seconds, stage) / (byFlops ? value(run.flops, stage) : 1))
            .toArray();
    return byFlops
        ? estimate(seconds, work.flops(), "%d finished runs of this task and length, by FLOPs")
        : estimate(seconds, 1, "%d finished runs of this task and length");
  }

  private static double value(Map<Stage, Double> values, Stage stage) {
    return values.getOrDefault(stage, 0.0);
  }

  private static boolean isSimilar(RunConfig one, RunConfig other, Stage stage) {
    return one.task().equals(other.task())
        && one.training().maxSeqLength() == other.training().maxSeqLength()
        && (stage != Stage.OTHER_PARTS
            || one.training().predictParts() == other.training().predictParts());
  }

  /**
   * The median of what was seen.
   *
   * @param times what it is to be multiplied by
   * @param from what it is from, with the number of values
   */
  static Optional<TimeEstimate> estimate(double[] values, double times, String from) {
    if (values.length == 0) {
      return Optional.empty();
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return Optional.of(
        new TimeEstimate(median * times, String.format(Locale.ROOT, from, values.length)));
  }
}
