package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.MultipleChoiceHead;
import albert.model.head.SpanHead;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is trained on in parts, side by side, is trained on as a whole. */
final class PartsTest {
  private static final int SEQUENCE = 7;
  private static final int MASKED = 2;
  private static final int CHOICES = 2;

  /** Heads that read one token, some tokens, and all, with what each learns from. */
  private static final Map<Head, List<String>> HEADS =
      Map.of(
          new ClassificationHead(3),
          List.of(ClassificationHead.LABELS),
          new MaskedLmHead(),
          List.of(MaskedLmHead.POSITIONS, MaskedLmHead.IDS, MaskedLmHead.WEIGHTS),
          new SpanHead(),
          List.of(SpanHead.START_POSITIONS, SpanHead.END_POSITIONS),
          new MultipleChoiceHead(CHOICES),
          List.of(MultipleChoiceHead.LABELS));

  /** With 1 the second part is empty; with 2 each part has one choice of a question. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void gradientsAreThoseOfTheWholeBatch(int rows) {
    for (Head head : HEADS.keySet()) {
      if (head instanceof MultipleChoiceHead && rows % CHOICES != 0) {
        continue; // there is no half of a question
      }
      SortedMap<String, FloatTensor> whole = gradients(1, head, rows);
      SortedMap<String, FloatTensor> parts = gradients(2, head, rows);
      assertThat(parts.keySet()).isEqualTo(whole.keySet());
      whole.forEach(
          (name, expected) ->
              Golden.assertClose(name, requireNonNull(parts.get(name)), expected, 1e-4, 1e-6));
    }
  }

  @Test
  void everyPartDropsByItself() {
    Map<String, HostTensor> once = Tiny.batch(1, SEQUENCE, 3);
    Map<String, HostTensor> twice = new TreeMap<>();
    once.forEach((name, tensor) -> twice.put(name, doubled((IntTensor) tensor)));
    try (TrainableModel model = model(Tiny.config(), 2, new ClassificationHead(3))) {
      float both = loss(model, twice, 1);
      // with the same tokens dropped in both halves, this would be the loss of one
      assertThat(loss(model, once, 1)).isNotCloseTo(both, within(1e-6f));
      assertThat(loss(model, twice, 1)).isEqualTo(both);
      assertThat(loss(model, twice, 2)).isNotEqualTo(both);
    }
  }

  @Test
  void halvesAreForTwoCores() {
    assertThat(List.of(options(1).parts(), options(2).parts(), options(4).parts()))
        .containsExactly(1, 2, 1);
  }

  private static float loss(TrainableModel model, Map<String, HostTensor> batch, long seed) {
    model.initialize(1);
    return model.step(batch, new StepSettings(1e-3, 0, seed)).loss();
  }

  private static SortedMap<String, FloatTensor> gradients(int threads, Head head, int rows) {
    EncoderConfig still =
        Tiny.config().toBuilder()
            .hiddenDropoutProb(0)
            .attentionProbsDropoutProb(0)
            .classifierDropoutProb(0)
            .build();
    try (TrainableModel model = model(still, threads, head)) {
      model.initialize(1);
      return model.gradients(batch(head, rows), 0);
    }
  }

  private static TrainableModel model(EncoderConfig config, int threads, Head head) {
    return TrainableModel.build(
        config, List.of(head), UpdateRule.of(OptimizerConfig.adamW()), options(threads));
  }

  private static RuntimeOptions options(int threads) {
    return new RuntimeOptions(threads, Device.CPU, Precision.FLOAT32);
  }

  private static Map<String, HostTensor> batch(Head head, int rows) {
    Random random = new Random(rows);
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(rows, SEQUENCE, 1));
    batch.put(MaskedLmHead.POSITIONS, ints(random, SEQUENCE, rows, MASKED));
    batch.put(MaskedLmHead.IDS, ints(random, 50, rows, MASKED));
    float[] weights = new float[rows * MASKED];
    Arrays.fill(weights, 1);
    batch.put(MaskedLmHead.WEIGHTS, FloatTensor.of(weights, rows, MASKED));
    batch.put(SpanHead.START_POSITIONS, ints(random, SEQUENCE, rows));
    batch.put(SpanHead.END_POSITIONS, ints(random, SEQUENCE, rows));
    batch.put(MultipleChoiceHead.LABELS, ints(random, CHOICES, rows / CHOICES));
    Set<String> fed = new HashSet<>(EncoderInputs.shapes(rows, SEQUENCE).keySet());
    fed.addAll(requireNonNull(HEADS.get(head)));
    batch.keySet().retainAll(fed);
    return batch;
  }

  private static IntTensor ints(Random random, int bound, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return IntTensor.of(
        random.ints(size, 0, bound).toArray(), Arrays.stream(shape).asLongStream().toArray());
  }

  private static IntTensor doubled(IntTensor tensor) {
    int[] values = tensor.values();
    int[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    long[] shape = tensor.shape().clone();
    shape[0] *= 2;
    return IntTensor.of(twice, shape);
  }
}
