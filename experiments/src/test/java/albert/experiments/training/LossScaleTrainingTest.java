package albert.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterSharing;
import albert.model.head.ClassificationHead;
import albert.model.optim.LearningRateSchedule;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.runtime.Device;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in float16 whose first steps overflow, their losses being large. */
final class LossScaleTrainingTest {
  private static final int STEPS = 14;

  /** A weight that the gradients of float16 fit with, once the scale is low. */
  private static final double LARGE = 1_000;

  /** One that they never fit with. */
  private static final double TOO_LARGE = 1e9;

  @TempDir private Path folder;

  /** What a training leaves. */
  private record Left(List<MetricsLine> metrics, SortedMap<String, FloatTensor> weights) {}

  @Test
  void stepsThatOverflowAreSkippedAndCounted() throws IOException {
    List<MetricsLine> lines = train("run", LARGE, -1).metrics();
    assertThat(lines).hasSize(STEPS);
    assertThat(lines.get(0).values())
        .containsOnlyKeys(
            "gradient_norm", "learning_rate", "loss_scale", "skipped_steps", "train_loss")
        .containsEntry("gradient_norm", null)
        .containsEntry("loss_scale", 65_536.0)
        .containsEntry("skipped_steps", 1.0);
    assertThat(lines.get(1).values()).containsEntry("loss_scale", 32_768.0);
    MetricsLine last = lines.get(STEPS - 1);
    double skipped = figure(last, "skipped_steps");
    assertThat(skipped).isBetween(2.0, STEPS - 3.0);
    assertThat(figure(last, "loss_scale")).isEqualTo(65_536 / Math.pow(2, skipped));
    assertThat(figure(last, "gradient_norm")).isPositive();
  }

  private static double figure(MetricsLine line, String name) {
    return Objects.requireNonNull(line.values().get(name));
  }

  /** Among the skipped steps, and after them. */
  @Test
  void goesOnBitForBit() throws IOException {
    Left unbroken = train("unbroken", LARGE, -1);
    for (int end : List.of(2, 12)) {
      String name = "broken" + end;
      assertThatThrownBy(() -> train(name, LARGE, end)).isInstanceOf(Killed.class);
      assertThat(train(name, LARGE, -1)).isEqualTo(unbroken);
    }
  }

  @Test
  void aTrainingThatOverflowsWithoutAnyScaleIsOver() {
    assertThatThrownBy(() -> train("run", TOO_LARGE, -1, 40))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "diverged: the gradients' norm is (NaN|Infinity) at step 17, even with a loss scale of"
                + " 1\\.0: float16 has no numbers for them; precision float32 has");
  }

  private Left train(String name, double weight, int dies) throws IOException {
    return train(name, weight, dies, STEPS);
  }

  private Left train(String name, double weight, int dies, int steps) throws IOException {
    RunDirectory directory = new RunDirectory(folder.resolve(name));
    TrainingListener listener =
        (step, result, rate) -> {
          if (step == dies) {
            throw new Killed();
          }
        };
    try (Trainer trainer =
        new Trainer(
            new Weighted(weight, steps),
            directory,
            listener,
            StageWatch.alone(),
            new StopSignal())) {
      trainer.run();
      assertThat(trainer.model().skippedSteps()).isPositive();
      return new Left(MetricsLog.read(directory.metrics()), trainer.model().weights());
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A tiny classification without evaluations.
   *
   * @param weight what every class's term of the loss is multiplied by
   * @param steps of the training
   */
  private record Weighted(double weight, int steps) implements Objective {
    @Override
    public TrainingPlan plan() {
      return new TrainingPlan(LearningRateSchedule.linear(1e-2, 0, steps), 5, 1, 1, 1);
    }

    @Override
    public TrainableModel build(long step) {
      EncoderConfig config =
          EncoderConfig.builder()
              .vocabSize(50)
              .embeddingSize(8)
              .hiddenSize(8)
              .numHiddenLayers(2)
              .sharing(ParameterSharing.ALL)
              .numAttentionHeads(2)
              .intermediateSize(16)
              .maxPositionEmbeddings(16)
              .initializerRange(0.2)
              .build();
      return TrainableModel.build(
          config,
          List.of(new ClassificationHead(2, List.of(weight, weight))),
          UpdateRule.of(OptimizerConfig.adamW()),
          new RuntimeOptions(1, Device.CPU, Precision.FLOAT16));
    }

    @Override
    public void initialize(TrainableModel model, Consumer<String> notes) {
      model.initialize(1);
    }

    @Override
    public Batches batches(TrainingState from) {
      List<Long> next = new ArrayList<>(List.of(from.step()));
      return () -> {
        long step = next.set(0, next.get(0) + 1);
        return new Batches.Step(List.of(new Batches.Batch(batch(step), 4, 24, step)), 0, 0);
      };
    }

    @Override
    public boolean isDue(long step) {
      return false;
    }

    @Override
    public Checkup check(TrainableModel model, TrainingState state) {
      throw new AssertionError("is never due");
    }
  }

  private static Map<String, HostTensor> batch(long step) {
    Random random = new Random(step);
    int[] ones = new int[24];
    Arrays.fill(ones, 1);
    return Map.of(
        "input_ids",
        IntTensor.of(random.ints(24, 1, 50).toArray(), 4, 6),
        "attention_mask",
        IntTensor.of(ones, 4, 6),
        "token_type_ids",
        IntTensor.of(new int[24], 4, 6),
        ClassificationHead.LABELS,
        IntTensor.of(random.ints(4, 0, 2).toArray(), 4));
  }
}
