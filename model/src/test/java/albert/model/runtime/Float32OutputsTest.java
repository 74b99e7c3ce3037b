package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.FloatTensor;
import albert.model.testing.HeadCase;
import albert.model.testing.Tiny;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where products are computed in a shorter type, what heads report has all bits of float32. */
final class Float32OutputsTest {
  private static final int BATCH = 96;
  private static final int SEQUENCE = 16;

  /** Of logits that can't be chosen. */
  private static final float NEVER = -1e29f;

  @ParameterizedTest
  @EnumSource(HeadCase.class)
  void tiesAreRareAndProbabilitiesSumToOne(HeadCase head) {
    checkIn(Precision.BFLOAT16, head);
  }

  @ParameterizedTest
  @EnumSource(
      value = HeadCase.class,
      names = {"CLASSIFICATION", "TOKENS", "BEAM_SPAN", "MASKED_LM"})
  void soTheyAreInFloat16(HeadCase head) {
    checkIn(Precision.FLOAT16, head);
  }

  private static void checkIn(Precision precision, HeadCase head) {
    EncoderConfig config =
        Tiny.config().toBuilder()
            .hiddenSize(32)
            .embeddingSize(16)
            .intermediateSize(64)
            .initializerRange(0.2)
            .build();
    RuntimeOptions options = new RuntimeOptions(2, Device.CPU, precision);
    try (TrainableModel model =
        TrainableModel.build(config, List.of(head.head()), OptimizerConfig.adamW(), options)) {
      model.initialize(3);
      SortedMap<String, FloatTensor> weights = model.weights();
      check(precision, head, model.predict(head.batch(BATCH, SEQUENCE, 1), head.outputs()));
      try (FrozenModel frozen = FrozenModel.of(config, List.of(head.head()), weights, options)) {
        check(precision, head, frozen.predict(head.batch(BATCH, SEQUENCE, 1), head.outputs()));
      }
    }
  }

  private static void check(Precision precision, HeadCase head, Map<String, FloatTensor> outputs) {
    for (String name : head.outputs()) {
      FloatTensor output = requireNonNull(outputs.get(name));
      distinct(precision, name, output.values());
      boolean each = head == HeadCase.MULTI_LABEL; // every label has a probability of its own
      if ((name.equals("probabilities") && !each) || name.endsWith("log_probs")) {
        sums(name, output);
      }
    }
  }

  /** Rounded to 8 bits, a hundred values of one size have dozens of ties, to 11 some. */
  private static void distinct(Precision precision, String name, float[] values) {
    float[] chosen = new float[values.length];
    int n = 0;
    int rounded = 0;
    int lost = precision == Precision.FLOAT16 ? 0x1fff : 0xffff; // bits the shorter type lacks
    for (float value : values) {
      if (value > NEVER && value != 0) {
        chosen[n++] = value;
        rounded += (Float.floatToIntBits(value) & lost) == 0 ? 1 : 0;
      }
    }
    assertThat(n).as(name).isGreaterThanOrEqualTo(BATCH / 4);
    assertThat(rounded).as("%s: values of %s among %d", name, precision, n).isLessThan(1 + n / 100);
    float[] own = Arrays.copyOf(chosen, n);
    Arrays.sort(own);
    int ties = 0;
    for (int i = 1; i < n; i++) {
      ties += own[i] == own[i - 1] ? 1 : 0;
    }
    assertThat(ties).as("%s: ties among %d", name, n).isLessThan(1 + n / 100);
  }

  private static void sums(String name, FloatTensor output) {
    float[] values = output.values();
    int width = (int) output.shape()[output.shape().length - 1];
    for (int row = 0; row < values.length; row += width) {
      double sum = 0;
      for (int i = row; i < row + width; i++) {
        sum += name.endsWith("log_probs") ? Math.exp(values[i]) : values[i];
      }
      assertThat(sum).as("%s: sum of row %d", name, row / width).isCloseTo(1, within(2e-6));
    }
  }
}
