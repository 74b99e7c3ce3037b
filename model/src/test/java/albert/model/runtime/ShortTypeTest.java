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

/** Training in bfloat16 has the gradients of float32, but for its 8 bits. */
final class ShortTypeTest {

  @ParameterizedTest
  @EnumSource(HiddenAct.class)
  void gradientsAreThoseOfFloat32(HiddenAct activation) {
    compare(HeadCase.CLASSIFICATION, activation, 0.01);
  }

  /** Gradients of choices nearly cancel in a bias, and what is left is of twice the rounding. */
  @ParameterizedTest
  @EnumSource(HeadCase.class)
  void gradientsOfEveryHeadAreThoseOfFloat32(HeadCase head) {
    compare(head, HiddenAct.GELU_NEW, 0.02);
  }

  private static void compare(HeadCase head, HiddenAct activation, double ofLargest) {
    SortedMap<String, FloatTensor> expected = gradients(head, activation, Precision.FLOAT32);
    SortedMap<String, FloatTensor> got = gradients(head, activation, Precision.BFLOAT16);
    assertThat(got.keySet()).isEqualTo(expected.keySet());
    double largest =
        expected.values().stream().mapToDouble(ShortTypeTest::largest).max().orElseThrow();
    got.forEach(
        (name, gradient) ->
            Golden.assertClose(
                name, gradient, requireNonNull(expected.get(name)), 0.05, ofLargest * largest));
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
