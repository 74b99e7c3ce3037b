package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients summed over batches, and class weights. */
final class AccumulationTest {
  private static final int SEQUENCE = 7;
  private static final double RATE = 1e-2;
  private static final OptimizerConfig OPTIMIZER =
      OptimizerConfig.google(OptimizerConfig.Kind.LAMB);

  /** A step moves a weight by up to the rate. */
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void partsOfABatchTrainAsTheWholeBatch(boolean weighted) {
    List<Head> heads =
        List.of(new ClassificationHead(3, weighted ? List.of(1.0, 3.0, 0.5) : List.of()));
    SortedMap<String, FloatTensor> whole;
    float loss = 0;
    try (TrainableModel model = model(heads, UpdateRule.of(OPTIMIZER))) {
      model.initialize(1);
      for (int step = 0; step < 4; step++) {
        loss = model.step(Tiny.batch(12, SEQUENCE, step), new StepSettings(RATE, step, 0)).loss();
      }
      whole = model.weights();
    }
    try (TrainableModel model = model(heads, new UpdateRule(OPTIMIZER, 1, 1, true))) {
      model.initialize(1);
      float parts = 0;
      for (int step = 0; step < 4; step++) {
        Map<String, HostTensor> batch = Tiny.batch(12, SEQUENCE, step);
        parts =
            model.accumulate(rows(batch, 0, 5), settings(step, 5)) * 5 / 12
                + model.accumulate(rows(batch, 5, 9), settings(step, 4)) * 4 / 12
                + model.step(rows(batch, 9, 12), settings(step, 3)).loss() * 3 / 12;
      }
      assertThat(parts).isCloseTo(loss, within(1e-5f));
      model
          .weights()
          .forEach(
              (name, got) ->
                  Golden.assertClose(name, got, requireNonNull(whole.get(name)), 0, TOLERANCE));
    }
  }

  @Test
  void classWeightsMultiplyTheTermsOfTheirClass() {
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(2, SEQUENCE, 1));
    batch.put(ClassificationHead.LABELS, IntTensor.of(new int[] {0, 2}, 2));
    double[] weights = {2, 7, 0.25};
    List<Head> heads =
        List.of(new ClassificationHead(3, List.of(weights[0], weights[1], weights[2])));
    try (TrainableModel model = model(heads, UpdateRule.of(OPTIMIZER))) {
      model.initialize(1);
      float[] p =
          requireNonNull(
                  model
                      .predict(batch, List.of(ClassificationHead.PROBABILITIES))
                      .get(ClassificationHead.PROBABILITIES))
              .values();
      double expected = -(weights[0] * Math.log(p[0]) + weights[2] * Math.log(p[5])) / 2;
      assertThat((double) model.step(batch, new StepSettings(RATE, 0, 0)).loss())
          .isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aModelThatWasNotBuiltForItRefuses() {
    try (TrainableModel model =
        model(List.of(new ClassificationHead(3)), UpdateRule.of(OPTIMIZER))) {
      model.initialize(1);
      assertThatThrownBy(() -> model.accumulate(Tiny.batch(2, SEQUENCE, 1), settings(0, 2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not built to accumulate");
    }
  }

  private static StepSettings settings(int step, int rows) {
    return new StepSettings(RATE, step, 0, step, rows / 12.0);
  }

  private static TrainableModel model(List<Head> heads, UpdateRule rule) {
    EncoderConfig config =
        Tiny.config().toBuilder()
            .hiddenDropoutProb(0)
            .attentionProbsDropoutProb(0)
            .classifierDropoutProb(0)
            .build();
    return TrainableModel.build(config, heads, rule, RuntimeOptions.reproducible());
  }

  private static Map<String, HostTensor> rows(Map<String, HostTensor> batch, int from, int to) {
    Map<String, HostTensor> part = new TreeMap<>();
    batch.forEach(
        (name, tensor) -> {
          int[] values = ((IntTensor) tensor).values();
          boolean label = name.equals(ClassificationHead.LABELS);
          int width = label ? 1 : SEQUENCE;
          int[] some = Arrays.copyOfRange(values, from * width, to * width);
          part.put(
              name,
              label ? IntTensor.of(some, to - from) : IntTensor.of(some, to - from, SEQUENCE));
        });
    return part;
  }
}
