package albert.model.optim;

import static java.util.Objects.requireNonNull;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** AdamW with bias correction, against the rule of torch.optim.AdamW in plain loops. */
class AdamWTest {
  private static final double RATE = 3e-3;
  private static final double DECAY = 0.1;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-4;

  /** A step moves a weight by about the rate, three thousand times as much. */
  private static final double TOLERANCE = 1e-6;

  private final Map<String, double[]> weights = new TreeMap<>();
  private final Map<String, double[]> m = new TreeMap<>();
  private final Map<String, double[]> v = new TreeMap<>();

  @Test
  void followsTheRuleOfPyTorch() {
    OptimizerConfig optimizer =
        new OptimizerConfig(OptimizerConfig.Kind.ADAMW, DECAY, BETA1, BETA2, EPSILON, 0, true);
    EncoderConfig config =
        Tiny.config().toBuilder()
            .hiddenDropoutProb(0)
            .attentionProbsDropoutProb(0)
            .classifierDropoutProb(0)
            .build();
    Map<String, HostTensor> batch = Tiny.batch(4, 8, 1);
    try (TrainableModel model =
        TrainableModel.build(
            config, List.of(new ClassificationHead(3)), optimizer, RuntimeOptions.reproducible())) {
      model.initialize(1);
      model.weights().forEach(this::start);
      for (int step = 0; step < 5; step++) {
        int t = step + 1;
        model.gradients(batch, 0).forEach((name, gradient) -> update(name, gradient, t));
        model.step(batch, new StepSettings(RATE, step, 0));
      }
      model.weights().forEach(this::compare);
    }
  }

  private void start(String name, FloatTensor value) {
    double[] copy = new double[value.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = value.values()[i];
    }
    weights.put(name, copy);
    m.put(name, new double[copy.length]);
    v.put(name, new double[copy.length]);
  }

  private void update(String name, FloatTensor gradient, int t) {
    double[] w = requireNonNull(weights.get(name));
    double[] first = requireNonNull(m.get(name));
    double[] second = requireNonNull(v.get(name));
    boolean decays = !name.contains("LayerNorm") && !name.contains("bias");
    for (int i = 0; i < w.length; i++) {
      double g = gradient.values()[i];
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
      double mHat = first[i] / (1 - Math.pow(BETA1, t));
      double vHat = second[i] / (1 - Math.pow(BETA2, t));
      double decayed = decays ? w[i] * (1 - RATE * DECAY) : w[i];
      w[i] = decayed - RATE * mHat / (Math.sqrt(vHat) + EPSILON);
    }
  }

  private void compare(String name, FloatTensor got) {
    double[] expected = requireNonNull(weights.get(name));
    float[] values = new float[expected.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) expected[i];
    }
    Golden.assertClose(name, got, FloatTensor.of(values, got.shape()), 0, TOLERANCE);
  }
}
