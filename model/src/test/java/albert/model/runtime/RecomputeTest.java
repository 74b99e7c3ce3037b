package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ParameterSharing;
import albert.model.config.Recompute;
import albert.model.config.SharingPattern;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.TokenClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients from layers that are computed again are those from layers that were kept. */
final class RecomputeTest {
  private static final int BATCH = 4;
  private static final int SEQUENCE = 7;
  private static final UpdateRule RULE = UpdateRule.of(OptimizerConfig.adamW());

  static Stream<Arguments> models() {
    EncoderConfig tiny = Tiny.config();
    EncoderConfig bert = tiny.toBuilder().sharing(ParameterSharing.NONE).groups(1).build();
    EncoderConfig one = tiny.toBuilder().groups(1).build();
    Head classes = new ClassificationHead(3);
    return Stream.of(
        Arguments.of("two groups, dropout", tiny, classes),
        Arguments.of("every layer the same", one, classes),
        Arguments.of("not shared", bert, classes),
        Arguments.of("not shared, masked words", bert, new MaskedLmHead()),
        Arguments.of("shared, masked words", one, new MaskedLmHead()),
        Arguments.of(
            "twelve layers the same", one.toBuilder().numHiddenLayers(12).build(), classes),
        Arguments.of(
            "cycle", tiny.toBuilder().sharingPattern(SharingPattern.CYCLE).build(), classes),
        Arguments.of(
            "attention shared, deltas",
            one.toBuilder().sharing(ParameterSharing.ATTENTION).layerDeltaRank(2).build(),
            classes),
        Arguments.of(
            "feed-forward network shared",
            one.toBuilder().sharing(ParameterSharing.FFN).build(),
            classes),
        Arguments.of("deltas", tiny.toBuilder().layerDeltaRank(2).build(), classes),
        Arguments.of("inner blocks", tiny.toBuilder().innerGroupNum(2).build(), classes),
        Arguments.of("E < H", tiny.toBuilder().embeddingSize(4).build(), classes),
        Arguments.of("ReLU", tiny.toBuilder().hiddenAct(HiddenAct.RELU).build(), classes),
        Arguments.of("exact GELU", tiny.toBuilder().hiddenAct(HiddenAct.GELU).build(), classes),
        Arguments.of("every token", tiny, new TokenClassificationHead(5)),
        Arguments.of("one layer", bert.toBuilder().numHiddenLayers(1).build(), classes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void gradientsAreEqualBitForBit(String name, EncoderConfig config, Head head) {
    Map<String, HostTensor> batch = batch(head);
    SortedMap<String, FloatTensor> kept;
    try (TrainableModel model = model(config, head, RULE, 1, Recompute.NONE)) {
      model.initialize(1);
      kept = model.gradients(batch, 5);
    }
    try (TrainableModel model = model(config, head, RULE, 1, Recompute.LAYERS)) {
      model.initialize(1);
      assertThat(model.gradients(batch, 5)).isEqualTo(kept);
      assertThat(model.gradients(batch, 6)).as("another dropout").isNotEqualTo(kept);
    }
  }

  @Test
  void trainingsAreEqualBitForBit() {
    Head head = new ClassificationHead(3);
    UpdateRule accumulating = new UpdateRule(OptimizerConfig.adamW(), 1, true);
    assertThat(trained(head, accumulating, Recompute.LAYERS))
        .isEqualTo(trained(head, accumulating, Recompute.NONE));
  }

  /** On two threads the halves of a batch are computed side by side, each with its own blocks. */
  @Test
  void halvesOfABatchAreComputedAgain() {
    EncoderConfig config = Tiny.config();
    Head head = new ClassificationHead(3);
    SortedMap<String, FloatTensor> kept;
    try (TrainableModel model = model(config, head, RULE, 2, Recompute.NONE)) {
      model.initialize(1);
      kept = model.gradients(batch(head), 5);
    }
    try (TrainableModel model = model(config, head, RULE, 2, Recompute.LAYERS)) {
      model.initialize(1);
      model
          .gradients(batch(head), 5)
          .forEach(
              (name, got) ->
                  Golden.assertClose(name, got, requireNonNull(kept.get(name)), 1e-5, 1e-7));
    }
  }

  /** Losses of three updates of two batches each, and the weights after them. */
  private static List<Object> trained(Head head, UpdateRule rule, Recompute recompute) {
    try (TrainableModel model = model(Tiny.config(), head, rule, 1, recompute)) {
      model.initialize(1);
      List<Object> left = new ArrayList<>();
      for (int step = 0; step < 3; step++) {
        StepSettings first = new StepSettings(1e-2, step, 5, 2L * step, 0.5);
        StepSettings second = new StepSettings(1e-2, step, 5, 2L * step + 1, 0.5);
        left.add(model.accumulate(batch(head), first));
        left.add(model.step(batch(head), second));
      }
      left.add(model.weights());
      return left;
    }
  }

  private static TrainableModel model(
      EncoderConfig config, Head head, UpdateRule rule, int threads, Recompute recompute) {
    return TrainableModel.build(
        config,
        List.of(head),
        rule,
        new RuntimeOptions(threads, Device.CPU, Precision.FLOAT32, recompute));
  }

  private static Map<String, HostTensor> batch(Head head) {
    Map<String, HostTensor> batch = new TreeMap<>(Tiny.batch(BATCH, SEQUENCE, 1));
    if (head instanceof MaskedLmHead) {
      batch.remove(ClassificationHead.LABELS);
      batch.put(MaskedLmHead.POSITIONS, IntTensor.of(new int[] {1, 2, 3, 4, 5, 0, 2, 4}, BATCH, 2));
      batch.put(MaskedLmHead.IDS, IntTensor.of(new int[] {9, 8, 7, 6, 5, 4, 3, 2}, BATCH, 2));
      float[] weights = new float[2 * BATCH];
      Arrays.fill(weights, 1);
      batch.put(MaskedLmHead.WEIGHTS, FloatTensor.of(weights, BATCH, 2));
    } else if (head instanceof TokenClassificationHead) {
      batch.remove(ClassificationHead.LABELS);
      int[] tags = new int[BATCH * SEQUENCE];
      Arrays.setAll(tags, i -> i % 5);
      batch.put(TokenClassificationHead.LABELS, IntTensor.of(tags, BATCH, SEQUENCE));
    }
    return batch;
  }
}
