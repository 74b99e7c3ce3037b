package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.head.ClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training in a shorter type has the losses of float32, over 200 steps with dropout. */
final class ShortTypeLossesTest {
  private static final int STEPS = 200;
  private static final double RATE = 1e-3;

  private static float[] float32;

  @BeforeAll
  static void train() {
    float32 = losses(Precision.FLOAT32);
    assertThat(float32[0]).isBetween(0.9f, 1.5f); // ln 3 = 1.1
    assertThat(float32[STEPS - 1]).isLessThan(0.1f);
  }

  /**
   * Differences of losses.
   *
   * @param mean the most that they may be in the mean
   * @param largest the most that one may be
   */
  @ParameterizedTest
  @CsvSource({"FLOAT16, 2e-4, 1e-3", "BFLOAT16, 4e-3, 3e-2"})
  void lossesOf200StepsAreThoseOfFloat32(Precision precision, double mean, double largest) {
    float[] got = losses(precision);
    double sum = 0;
    double worst = 0;
    for (int step = 0; step < STEPS; step++) {
      double difference = Math.abs((double) got[step] - float32[step]);
      sum += difference;
      worst = Math.max(worst, difference);
    }
    assertThat(sum / STEPS).as("mean difference").isLessThan(mean);
    assertThat(worst).as("largest difference").isLessThan(largest);
  }

  private static float[] losses(Precision precision) {
    EncoderConfig config =
        Tiny.config().toBuilder()
            .hiddenSize(32)
            .embeddingSize(16)
            .intermediateSize(64)
            .hiddenAct(HiddenAct.GELU)
            .initializerRange(0.1)
            .build();
    try (TrainableModel model =
        TrainableModel.build(
            config,
            List.of(new ClassificationHead(3)),
            OptimizerConfig.adamW(),
            new RuntimeOptions(1, Device.CPU, precision))) {
      model.initialize(1);
      float[] losses = new float[STEPS];
      for (int step = 0; step < STEPS; step++) {
        losses[step] = model.step(batch(step), new StepSettings(RATE, step, 1)).loss();
      }
      return losses;
    }
  }

  /** The class is that of the first word: one of three thirds of the vocabulary. */
  private static Map<String, HostTensor> batch(int step) {
    Map<String, HostTensor> batch = Tiny.batch(16, 6, step);
    int[] ids = ((IntTensor) Objects.requireNonNull(batch.get("input_ids"))).values();
    int[] labels = new int[16];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (ids[row * 6] - 1) / 17;
    }
    batch.put(ClassificationHead.LABELS, IntTensor.of(labels, labels.length));
    return batch;
  }
}
