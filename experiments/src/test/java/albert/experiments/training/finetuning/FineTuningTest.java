package albert.experiments.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.text.LabelKind;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.ModelInputs;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.TrainingConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TypedTask;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainingListener;
import albert.model.config.ParameterCount;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.layer.Embeddings;
import albert.model.optim.LearningRateSchedule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real trainings of tiny models. */
final class FineTuningTest {

  private static final RunSeeds SEEDS = new RunSeeds(1, 1);

  private static final EncodedSequence ABSENT_WORDS =
      new EncodedSequence(new int[] {3, 4}, new int[2]);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"none", "attention", "ffn", "all"})
  void learnsThirtyTwoExamplesByHeart(String sharing) throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 32, 4);
    RunConfig config = SmallTask.config("sharing", sharing, "max_steps", "240");
    FineTuning.Result result =
        new FineTuning(config, SEEDS, task, null, new StopSignal())
            .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    assertThat(result.scores().get(0))
        .isEqualTo(Score.of("small", "accuracy", "dev", 1.0, 32, "last"));
  }

  @Test
  void learnsThirtyTwoPairsByHeart() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 32, 3, true);
    FineTuning.Result result =
        new FineTuning(SmallTask.config("max_steps", "240"), SEEDS, task, null, new StopSignal())
            .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    assertThat(result.scores().get(0))
        .isEqualTo(Score.of("small", "accuracy", "dev", 1.0, 32, "last"));
  }

  @Test
  void learnsNumbersByHeart() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.REGRESSION, 32, 0);
    FineTuning.Result result =
        new FineTuning(SmallTask.config("max_steps", "300"), SEEDS, task, null, new StopSignal())
            .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    assertThat(result.scores().subList(0, 2))
        .extracting(Score::metric)
        .containsExactly("pearson", "spearman");
    assertThat(result.scores().get(0).value()).isGreaterThan(0.99);
  }

  @Test
  void leavesMetricsPredictionsWeightsAndEvents() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    RunConfig config = SmallTask.config("max_steps", "25", "logging_steps", "10");
    FineTuning.Result result =
        new FineTuning(config, SEEDS, task, null, new StopSignal())
            .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);

    assertThat(MetricsLog.read(directory().metrics()))
        .filteredOn(line -> line.values().containsKey("train_loss"))
        .allSatisfy(
            line ->
                assertThat(line.values())
                    .containsOnlyKeys("gradient_norm", "learning_rate", "train_loss"))
        .extracting(line -> line.step())
        .containsExactly(10L, 20L, 25L);
    assertThat(Files.readAllLines(directory().predictions().resolve("dev.jsonl")))
        .hasSize(20)
        .first()
        .asString()
        .contains("\"id\":\"row0\"", "\"label\":\"class", "\"probabilities\":[0.");
    long weights = ParameterCount.of(config.encoder()).total() + 3 * 32 + 3;
    assertThat(result.size().totalParameters()).isEqualTo(weights);
    assertThat(result.size().diskBytes())
        .isEqualTo(Files.size(directory().checkpoint().resolve("model.safetensors")))
        .isBetween(4 * weights, 4 * weights + 10_000);
    LoadedModel checkpoint = ModelDirectory.read(directory().checkpoint());
    assertThat(checkpoint.config()).isEqualTo(config.encoder());
    assertThat(checkpoint.head().labels()).containsExactly("class0", "class1", "class2");
    assertThat(checkpoint.weights().values().stream().mapToLong(FloatTensor::size).sum())
        .isEqualTo(weights);
    assertThat(directory().tensorboard())
        .isDirectoryContaining(f -> f.toString().contains("events.out"));
    assertThat(result.performance().trainTokensPerSecond()).isPositive();
    assertThat(result.performance().inferenceTokensPerSecond()).isPositive();
    assertThat(result.performance().peakRssMb()).isPositive();
  }

  /** Ids 3 and 4 occur nowhere: nothing but decay changes their rows. Id 1 fills batches alone. */
  @Test
  void wordsThatDoNotOccurDecayAlone() throws IOException {
    var small = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    EncodedTask task =
        new TypedTask<>(small.kind(), small.data(), small.train(), small.dev(), 1, null);
    RunConfig config =
        SmallTask.config("max_steps", "12", "weight_decay", "0.5", "learning_rate", "2e-2");
    new FineTuning(config, SEEDS, task, null, new StopSignal())
        .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    LoadedModel start = ModelDirectory.read(directory().checkpoint());
    RunDirectory second = new RunDirectory(folder.resolve("second"));
    assertThat(FineTuningObjective.words(config, task, start)).isNotNull();
    Map<String, HostTensor> absent =
        ModelInputs.of(
            new Batcher(List.of(new EncodedExample(0, ABSENT_WORDS, Double.NaN)), 1, 1)
                .evaluation()
                .get(0));
    List<FloatTensor> afterwards = new ArrayList<>();
    new FineTuning(config, SEEDS, task, start, new StopSignal())
        .run(
            second,
            TrainingListener.NOBODY,
            (best, chosen, protocol) -> {
              afterwards.addAll(best.predict(absent, List.of("probabilities")).values());
              return List.of();
            });
    assertThat(afterwards).hasSize(1);

    TrainingConfig training = config.training();
    LearningRateSchedule schedule =
        LearningRateSchedule.linear(training.learningRate(), training.warmup(12), 12);
    double kept = 1;
    for (int step = 0; step < 12; step++) {
      kept *= 1 - 0.5 * schedule.at(step);
    }
    FloatTensor before = Objects.requireNonNull(start.weights().get(Embeddings.WORDS));
    FloatTensor after =
        Objects.requireNonNull(
            ModelDirectory.read(second.checkpoint()).weights().get(Embeddings.WORDS));
    assertThat(after.shape()).isEqualTo(before.shape());
    int width = config.encoder().embeddingSize();
    for (int i = 3 * width; i < 5 * width; i++) {
      assertThat((double) after.values()[i]).isCloseTo(before.values()[i] * kept, within(1e-7));
    }
    assertThat(after.values()[5 * width]).isNotEqualTo(before.values()[5 * width] * kept);
  }

  @Test
  void theWholeTableIsTrainedFromScratchAndByLamb() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    RunConfig config = SmallTask.config("max_steps", "1");
    assertThat(FineTuningObjective.words(config, task, null)).isNull();
    new FineTuning(config, SEEDS, task, null, new StopSignal())
        .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    LoadedModel start = ModelDirectory.read(directory().checkpoint());
    RunConfig lamb = SmallTask.config("max_steps", "1", "optimizer", "lamb");
    assertThat(FineTuningObjective.words(lamb, task, start)).isNull();
  }

  @Test
  void oneSeedGivesOneResultAndAnotherSeedAnother() throws IOException {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    RunConfig config = SmallTask.config("max_steps", "12", "hidden_dropout_prob", "0.1");
    byte[] first = weights(config, SEEDS, task);
    assertThat(weights(config, SEEDS, task)).isEqualTo(first);
    assertThat(weights(config, new RunSeeds(2, 1), task)).isNotEqualTo(first);
    assertThat(weights(config, new RunSeeds(1, 2), task)).isNotEqualTo(first);
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRun() {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    RunConfig config =
        SmallTask.config(
            "max_steps",
            "400",
            "learning_rate",
            "10",
            "initializer_range",
            "1",
            "max_grad_norm",
            "0",
            "warmup_proportion",
            "0",
            "weight_decay",
            "1");
    assertThatThrownBy(
            () ->
                new FineTuning(config, SEEDS, task, null, new StopSignal())
                    .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching("diverged: the (loss|gradients' norm) is (NaN|Infinity) at step \\d+");
  }

  @Test
  void stopsBetweenTwoStepsWhenAsked() {
    EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
    StopSignal stop = new StopSignal();
    long[] last = {0};
    assertThatThrownBy(
            () ->
                new FineTuning(SmallTask.config("max_steps", "50"), SEEDS, task, null, stop)
                    .run(
                        directory(),
                        (step, result, rate) -> {
                          last[0] = step;
                          if (step == 7) {
                            stop.raise();
                          }
                        },
                        FineTuning.Afterwards.NOTHING))
        .isInstanceOf(StoppedException.class);
    assertThat(last[0]).isEqualTo(7);
  }

  @Test
  void stepsFollowFromEpochsUnlessGiven() {
    assertThat(SmallTask.config("epochs", "3").training().steps(20)).isEqualTo(9);
    assertThat(SmallTask.config("max_steps", "5").training().steps(20)).isEqualTo(5);
  }

  private byte[] weights(RunConfig config, RunSeeds seeds, EncodedTask task) throws IOException {
    new FineTuning(config, seeds, task, null, new StopSignal())
        .run(directory(), TrainingListener.NOBODY, FineTuning.Afterwards.NOTHING);
    return Files.readAllBytes(directory().checkpoint().resolve("model.safetensors"));
  }

  private RunDirectory directory() {
    return new RunDirectory(folder.resolve("run"));
  }
}
