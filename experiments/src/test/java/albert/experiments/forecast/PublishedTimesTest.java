package albert.experiments.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.Timings;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Settings;
import albert.experiments.study.WorkDone;
import albert.experiments.training.pretraining.StudyPretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guess from operations against what the published runs took, on the machine that multiplied
 * matrices at 360 GFLOP/s in bfloat16. Only studies whose data arrives with the build.
 */
final class PublishedTimesTest {

  private static final double GEMM = 360e9;

  @TempDir private Path folder;

  private final GemmTimes times = new GemmTimes(options -> GEMM);

  /** What was estimated, as a part of what it took. */
  private record Ratios(List<Double> training, List<Double> evaluation, List<Double> run) {}

  @Test
  void theGuessIsNotBiasedAndNoStageIsOffByMoreThanHalf() throws IOException {
    Ratios ratios = new Ratios(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    PretrainedModels models = new PretrainedModels();
    TaskSizes sizes = new TaskSizes(folder, models, note -> {});
    RunWork work =
        new RunWork(sizes, new WorkDone(models, StudyPretraining.looking(folder, models), folder));
    for (String study : List.of("quickstart", "sharing-by-embedding")) {
      for (RunRecord record : records(study)) {
        add(ratios, record, work);
      }
    }
    assertThat(ratios.training).hasSize(52);
    Map.of("training", ratios.training, "evaluation", ratios.evaluation, "run", ratios.run)
        .forEach(
            (name, each) -> {
              assertThat(median(each)).as(name).isBetween(0.85, 1.15);
              assertThat(each).as(name).allMatch(ratio -> ratio > 0.67 && ratio < 1.5);
            });
  }

  private static List<RunRecord> records(String study) throws IOException {
    Path file = Path.of("../reports/published").resolve(study + ".jsonl");
    List<RunRecord> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      records.add(new StrictJson().parse(file, records.size() + 1, line, RunRecord.class));
    }
    return records;
  }

  /** Of the first seed's runs the stages alone: what they share was made in them. */
  private void add(Ratios ratios, RunRecord record, RunWork work) {
    Map<String, Object> values = new TreeMap<>(record.config());
    values.putIfAbsent("predict_parts", "dev"); // before that was a key studies did no more
    RunConfig config = RecordedConfig.of(values);
    PlannedRun run =
        new PlannedRun(
            "", Settings.NONE, config, new RunSeeds(record.initSeed(), record.dataSeed()));
    Timings took = record.timings();
    double whole = 0;
    for (StageWork stage : work.of(run, 0).orElseThrow()) {
      double seconds = times.of(stage, config.training().runtime()).seconds();
      whole += stage.stage().isShared() ? 0 : seconds;
      if (stage.stage() == Stage.TRAINING) {
        ratios.training.add(seconds / Objects.requireNonNull(took.trainSeconds()));
      } else if (stage.stage() == Stage.EVALUATION) {
        ratios.evaluation.add(seconds / Objects.requireNonNull(took.evaluationSeconds()));
      }
    }
    if (record.initSeed() > 1) {
      Duration wall = Duration.between(took.started(), Objects.requireNonNull(took.finished()));
      ratios.run.add(whole / (wall.toMillis() * 1e-3));
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
