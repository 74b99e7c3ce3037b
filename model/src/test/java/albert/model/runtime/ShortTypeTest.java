package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.testing.Golden;
import albert.model.testing.HeadCase;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training in bfloat16 or float16 has the gradients of float32, but for its 8 or 11 bits. */
final class ShortTypeTest {
  /** Float16 has three bits more: its rounding is an eighth, of which some is left to chance. */
  private static final double FINER = 5;

  /** Of bfloat16. */
  private static final double RELATIVE = 0.05;

  @ParameterizedTest
  @EnumSource(HiddenAct.class)
  void gradientsAreThoseOfFloat32(HiddenAct activation) {
    SortedMap<String, FloatTensor> expected =
        gradients(HeadCase.CLASSIFICATION, activation, Precision.FLOAT32);
    compare(
        expected,
        gradients(HeadCase.CLASSIFICATION, activation, Precision.BFLOAT16),
        RELATIVE,
        0.01);
    compare(
        expected,
        gradients(HeadCase.CLASSIFICATION, activation, Precision.FLOAT16),
        RELATIVE / FINER,
        0.01 / FINER);
  }

  /** Gradients of choices nearly cancel in a bias, and what is left is of twice the rounding. */
  @ParameterizedTest
  @EnumSource(HeadCase.class)
  void gradientsOfEveryHeadAreThoseOfFloat32(HeadCase head) {
    SortedMap<String, FloatTensor> expected =
        gradients(head, HiddenAct.GELU_NEW, Precision.FLOAT32);
    compare(expected, gradients(head, HiddenAct.GELU_NEW, Precision.BFLOAT16), RELATIVE, 0.02);
    compare(
        expected,
        gradients(head, HiddenAct.GELU_NEW, Precision.FLOAT16),
        RELATIVE / FINER,
        0.02 / FINER);
  }

  private static void compare(
      SortedMap<String, FloatTensor> expected,
      SortedMap<String, FloatTensor> got,
      double relative,
      double ofLargest) {
    assertThat(got.keySet()).isEqualTo(expected.keySet());
    double largest =
        expected.values().stream().mapToDouble(ShortTypeTest::largest).max().orElseThrow();
    got.forEach(
        (name, gradient) ->
            Golden.assertClose(
                name, gradient, requireNonNull(expected.get(name)), relative, ofLargest * largest));
  }

  private static double largest(FloatTensor tensor) {
    double largest = 0;
    for (float value : tensor.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static SortedMap<String, FloatTensor> gradients(
      HeadCase head, HiddenAct activation, Precision precision) {
    EncoderConfig config =
        Tiny.config().toBuilder()
            .hiddenAct(activation)
            .hiddenDropoutProb(0)
            .attentionProbsDropoutProb(0)
            .classifierDropoutProb(0)
            .build();
    try (TrainableModel model =
        TrainableModel.build(
            config,
            List.of(head.head()),
            UpdateRule.of(OptimizerConfig.adamW()),
            new RuntimeOptions(2, Device.CPU, precision))) {
      model.initialize(1);
      return model.gradients(head.batch(32, 7, 1), 0);
    }
  }
}
