package albert.experiments.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.task.SplitName;
import albert.datasets.text.LabelKind;
import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.ClassWeights;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.text.TextPredictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation within a training, early stopping, protocols, accumulation. */
final class TrainingOptionsTest {

  private static final RunSeeds SEEDS = new RunSeeds(1, 1);

  @TempDir private Path folder;

  @Test
  void everyProtocolHasItsScore() throws IOException {
    var task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    FineTuning.Result result =
        train(task, SmallTask.config("max_steps", "10", "eval_steps", "2"), new ArrayList<>());
    assertThat(result.scores())
        .extracting(Score::protocol)
        .containsExactly("last", "best-on-dev of 5", "best-on-half of 5");
    assertThat(result.scores()).extracting(Score::split).containsExactly("dev", "dev", "dev-half");
    long reported =
        task.data().examples(SplitName.DEV).stream()
            .filter(example -> DevScores.reports(example.id()))
            .count();
    assertThat(reported).isBetween(5L, 15L);
    assertThat(result.scores()).extracting(Score::n).containsExactly(20L, 20L, reported);
    assertThat(result.scores().get(1).value())
        .isGreaterThanOrEqualTo(result.scores().get(0).value());
    assertThat(MetricsLog.read(directory().metrics()))
        .filteredOn(line -> line.values().containsKey("dev_accuracy"))
        .extracting(MetricsLine::step)
        .containsExactly(2L, 4L, 6L, 8L, 10L);
    assertThat(directory().path().resolve("checkpoint-best/model.safetensors")).exists();
  }

  @Test
  void evaluatesAfterEveryEpochUnlessSaid() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    train(task, SmallTask.config("epochs", "3", "batch_size", "8"), new ArrayList<>());
    assertThat(MetricsLog.read(directory().metrics()))
        .filteredOn(line -> line.values().containsKey("dev_accuracy"))
        .extracting(MetricsLine::step)
        .containsExactly(3L, 6L, 9L);
  }

  @Test
  void stopsEarlyWhenNothingGetsBetter() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    List<Float> losses = new ArrayList<>();
    FineTuning.Result result =
        train(
            task,
            SmallTask.config(
                "max_steps",
                "100",
                "learning_rate",
                "1e-9",
                "eval_steps",
                "2",
                "early_stopping_patience",
                "3"),
            losses);
    assertThat(losses).hasSize(8);
    assertThat(result.scores().get(1).protocol()).isEqualTo("best-on-dev of 4");
  }

  @Test
  void aModelThatLearntTheMostFrequentClassAloneIsKeptAndNoted() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    FineTuning.Result result =
        train(
            task,
            SmallTask.config("max_steps", "1", "initializer_range", "1e-9"),
            new ArrayList<>());
    assertThat(result.scores().get(0).value()).isNotNull();
    assertThat(result.notes()).containsExactly("the last weights predict one class for all of dev");
  }

  @Test
  void batchesThatAreSummedUpTrainAsOne() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.REGRESSION, 24, 0);
    List<Float> parts = new ArrayList<>();
    List<Float> whole = new ArrayList<>();
    train(
        task,
        SmallTask.config("epochs", "4", "batch_size", "8", "gradient_accumulation_steps", "3"),
        parts);
    train(task, SmallTask.config("epochs", "4", "batch_size", "24"), whole);
    assertThat(whole).hasSize(4);
    assertThat(parts).hasSize(4);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.get(i)).isCloseTo(whole.get(i), within(1e-4f));
    }
  }

  @Test
  void predictionsDoNotDependOnBatchSizeOrPadding() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    List<List<float[]>> all = new ArrayList<>();
    for (String size : List.of("1", "7", "20")) {
      RunConfig config = SmallTask.config("max_steps", "6", "batch_size", "8");
      RunConfig other = SmallTask.config("batch_size", size);
      new FineTuning(config, SEEDS, task, null, new StopSignal())
          .run(
              directory(),
              (steps, result, rate) -> {},
              (best, chosen, protocol) -> {
                all.add(
                    ((TextPredictions) task.evaluate(best, other, new StopSignal()).predictions())
                        .values());
                return List.of();
              });
    }
    for (List<float[]> values : all) {
      for (int row = 0; row < values.size(); row++) {
        for (int i = 0; i < values.get(row).length; i++) {
          assertThat(values.get(row)[i]).isCloseTo(all.get(0).get(row)[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void balancedWeightsMakeEveryClassCountTheSame() {
    assertThat(ClassWeights.BALANCED.of(new long[] {32, 8})).containsExactly(0.625, 2.5);
    assertThat(ClassWeights.BALANCED.of(new long[] {4, 4, 0}).get(2)).isZero();
    assertThat(ClassWeights.NONE.of(new long[] {30, 10})).isEmpty();
  }

  private FineTuning.Result train(EncodedTask task, RunConfig config, List<Float> losses)
      throws IOException {
    return new FineTuning(config, SEEDS, task, null, new StopSignal())
        .run(
            directory(),
            (steps, result, rate) -> losses.add(result.loss()),
            FineTuning.Afterwards.NOTHING);
  }

  private RunDirectory directory() {
    return new RunDirectory(folder.resolve("run"));
  }
}
