package albert.model.optim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ParameterSharing;
import albert.model.head.ClassificationHead;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.testing.Tiny;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rates by layer. */
final class LayerwiseRatesTest {
  private static final EncoderConfig CONFIG =
      Tiny.config().toBuilder().hiddenDropoutProb(0).attentionProbsDropoutProb(0).build();

  @ParameterizedTest
  @CsvSource({
    "bert/embeddings/word_embeddings, -1",
    "bert/embeddings/LayerNorm/gamma, -1",
    "bert/encoder/layer_0/attention/self/query/kernel, 0",
    "bert/encoder/layer_0/output/LayerNorm/beta, 0",
    "bert/encoder/layer_11/intermediate/dense/bias, 11",
    "bert/pooler/dense/kernel, 12",
    "output_weights, 12"
  })
  void fallFromTheHeadToTheEmbeddings(String variable, int height) {
    LayerwiseRates rates = new LayerwiseRates(EncoderPreset.BERT_BASE.config(), 0.5, 1);
    assertThat(rates.applyAsDouble(variable)).isEqualTo(Math.pow(0.5, 12 - height));
  }

  @ParameterizedTest
  @CsvSource({
    "bert/encoder/embedding_hidden_mapping_in/kernel, -1",
    "bert/encoder/transformer/group_0/inner_group_0/attention_1/self/query/kernel, 5",
    "bert/encoder/transformer/group_1/inner_group_0/attention_1/self/query/kernel, 11",
    "bert/encoder/transformer/group_3/inner_group_0/ffn_1/intermediate/dense/kernel, 3",
    "bert/encoder/layer_delta_4/inner_group_0/value/lora_b, 4"
  })
  void aSharedSetHasTheRateOfItsHighestLayer(String variable, int height) {
    EncoderConfig config =
        EncoderPreset.ALBERT_BASE.config().toBuilder()
            .sharing(ParameterSharing.ATTENTION)
            .groups(2)
            .layerDeltaRank(3)
            .build();
    LayerwiseRates rates = new LayerwiseRates(config, 0.5, 1);
    assertThat(rates.applyAsDouble(variable)).isEqualTo(Math.pow(0.5, 12 - height));
  }

  @ParameterizedTest
  @CsvSource({
    "output_weights, 20",
    "cls/token/output_bias, 20",
    "end_logits/LayerNorm/gamma, 20",
    "bert/pooler/dense/kernel, 1",
    "bert/encoder/layer_11/output/dense/kernel, 0.5",
    "bert/embeddings/word_embeddings, 0.0001220703125"
  })
  void theHeadHasItsOwn(String variable, double factor) {
    LayerwiseRates rates = new LayerwiseRates(EncoderPreset.BERT_BASE.config(), 0.5, 20);
    assertThat(rates.applyAsDouble(variable)).isEqualTo(factor);
  }

  /** Adam's first step is the rate itself, whatever the gradient. */
  @Test
  void theFirstStepOfAdamShowsTheRates() {
    double rate = 1e-2;
    OptimizerConfig optimizer =
        new OptimizerConfig(OptimizerConfig.Kind.ADAMW, 0, 0.9, 0.999, 1e-12, 0, true);
    SortedMap<String, FloatTensor> change =
        changeOfOneStep(new UpdateRule(optimizer, 0.5, 1, false), rate);
    LayerwiseRates rates = new LayerwiseRates(CONFIG, 0.5, 1);
    for (String name :
        List.of(
            "output_bias",
            "bert/pooler/dense/bias",
            "bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/dense/bias",
            "bert/embeddings/LayerNorm/beta")) {
      double moved = Math.abs(requireNonNull(change.get(name)).values()[1]);
      assertThat(moved).as(name).isCloseTo(rate * rates.applyAsDouble(name), within(1e-3 * rate));
    }
  }

  /** The rest of the model is updated as if there were no factor, bit for bit. */
  @ParameterizedTest
  @EnumSource
  void theHeadMovesByItsFactor(OptimizerConfig.Kind kind) {
    float factor = 8;
    OptimizerConfig optimizer = new OptimizerConfig(kind, 0.5, 0.9, 0.999, 1e-6, 1, true);
    SortedMap<String, FloatTensor> plain =
        changeOfOneStep(new UpdateRule(optimizer, 0.5, 1, false), 1e-2);
    SortedMap<String, FloatTensor> apart =
        changeOfOneStep(new UpdateRule(optimizer, 0.5, factor, false), 1e-2);
    assertThat(apart.keySet()).isEqualTo(plain.keySet()).contains("output_bias", "output_weights");
    plain.forEach(
        (name, change) -> {
          FloatTensor other = requireNonNull(apart.get(name));
          if (!name.startsWith("output_")) {
            assertThat(other).as(name).isEqualTo(change);
            return;
          }
          for (int i = 0; i < change.values().length; i++) {
            assertThat(change.values()[i]).as(name).isNotZero();
            assertThat(other.values()[i])
                .as(name)
                .isCloseTo(factor * change.values()[i], within(1e-6f));
          }
        });
  }

  private static SortedMap<String, FloatTensor> changeOfOneStep(UpdateRule rule, double rate) {
    try (TrainableModel model =
        TrainableModel.build(
            CONFIG, List.of(new ClassificationHead(3)), rule, RuntimeOptions.reproducible())) {
      model.initialize(1);
      SortedMap<String, FloatTensor> before = model.weights();
      model.step(Tiny.batch(4, 8, 1), new StepSettings(rate, 0, 0));
      SortedMap<String, FloatTensor> change = new TreeMap<>();
      model.weights().forEach((name, after) -> change.put(name, minus(after, before.get(name))));
      return change;
    }
  }

  private static FloatTensor minus(FloatTensor a, @Nullable FloatTensor b) {
    float[] values = a.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= requireNonNull(b).values()[i];
    }
    return FloatTensor.of(values, a.shape());
  }
}
