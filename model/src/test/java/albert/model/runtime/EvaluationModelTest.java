package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.SpanHead;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.testing.HeadCase;
import albert.model.testing.Tiny;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An evaluation model gives what the training saw, bit for bit, in every precision. */
final class EvaluationModelTest {

  private static final Map<HeadCase, SortedMap<String, FloatTensor>> INITIAL =
      new EnumMap<>(HeadCase.class);

  static Stream<Arguments> cases() {
    return Stream.of(HeadCase.values())
        .flatMap(
            head ->
                Stream.of(
                    Arguments.of(head, Precision.FLOAT32, 1),
                    Arguments.of(head, Precision.FLOAT32, 2),
                    Arguments.of(head, Precision.BFLOAT16, 2)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictsWhatTheTrainingPredicted(HeadCase head, Precision precision, int threads) {
    RuntimeOptions options = new RuntimeOptions(threads, Device.CPU, precision);
    compare(head, options, null);
  }

  /** A training that knows its words has a part of the table. */
  @ParameterizedTest
  @MethodSource("cases")
  void predictsWhatATrainingOfSomeWordsPredicted(HeadCase head, Precision precision, int threads) {
    BitSet words = new BitSet();
    words.set(0, 50);
    if (head != HeadCase.MASKED_LM) {
      compare(
          head, new RuntimeOptions(threads, Device.CPU, precision), WordSubset.of(words, config()));
    }
  }

  private static void compare(HeadCase head, RuntimeOptions options, @Nullable WordSubset words) {
    List<Head> heads = List.of(head.head());
    UpdateRule rule = UpdateRule.of(OptimizerConfig.adamW());
    try (TrainableModel model = TrainableModel.build(config(), heads, rule, options, words)) {
      model.initialize(1);
      if (words != null) {
        model.assign(INITIAL.computeIfAbsent(head, EvaluationModelTest::initial));
      }
      for (int step = 0; step < 3; step++) {
        model.step(batch(head, 1), new StepSettings(1e-3, step, 7));
      }
      try (EvaluationModel evaluation =
          EvaluationModel.of(config(), heads, model.weights(), options)) {
        for (Map<String, HostTensor> batch : List.of(batch(head, 1), batch(head, 2))) {
          assertThat(evaluation.predict(batch, head.outputs()))
              .isEqualTo(model.predict(batch, head.outputs()));
        }
      }
    }
  }

  /** With rows for all words. */
  private static SortedMap<String, FloatTensor> initial(HeadCase head) {
    try (TrainableModel model =
        TrainableModel.build(
            config(),
            List.of(head.head()),
            OptimizerConfig.adamW(),
            RuntimeOptions.reproducible())) {
      model.initialize(1);
      return model.weights();
    }
  }

  private static Map<String, HostTensor> batch(HeadCase head, long seed) {
    return head.batch(32, seed == 1 ? 28 : 22, seed);
  }

  /** With words that do not occur. */
  private static EncoderConfig config() {
    return Tiny.config().toBuilder()
        .vocabSize(60)
        .hiddenSize(64)
        .embeddingSize(48)
        .intermediateSize(256)
        .maxPositionEmbeddings(28)
        .initializerRange(0.1)
        .build();
  }

  @Test
  void saysWhatIsMissingOrHasAnotherShape() {
    SortedMap<String, FloatTensor> weights = new TreeMap<>();
    List<Head> heads = List.of(new ClassificationHead(3));
    assertThatThrownBy(
            () -> EvaluationModel.of(Tiny.config(), heads, weights, RuntimeOptions.reproducible()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but there are no such weights");
    try (TrainableModel model =
        TrainableModel.build(
            Tiny.config(), heads, OptimizerConfig.adamW(), RuntimeOptions.reproducible())) {
      model.initialize(1);
      weights.putAll(model.weights());
    }
    weights.put("output_bias", FloatTensor.of(new float[2], 2));
    assertThatThrownBy(
            () -> EvaluationModel.of(Tiny.config(), heads, weights, RuntimeOptions.reproducible()))
        .hasMessage("output_bias needs the shape [3], given is [2]");
    assertThatThrownBy(
            () ->
                EvaluationModel.of(
                    Tiny.config(), List.of(new SpanHead()), weights, RuntimeOptions.reproducible()))
        .hasMessageContaining("cls/squad/output_");
  }
}
