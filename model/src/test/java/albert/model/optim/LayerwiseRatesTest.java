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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates by layer. */
final class LayerwiseRatesTest {

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
    LayerwiseRates rates = new LayerwiseRates(EncoderPreset.BERT_BASE.config(), 0.5);
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
    LayerwiseRates rates = new LayerwiseRates(config, 0.5);
    assertThat(rates.applyAsDouble(variable)).isEqualTo(Math.pow(0.5, 12 - height));
  }

  /** Adam's first step is the rate itself, whatever the gradient. */
  @Test
  void theFirstStepOfAdamShowsTheRates() {
    double rate = 1e-2;
    EncoderConfig config =
        Tiny.config().toBuilder().hiddenDropoutProb(0).attentionProbsDropoutProb(0).build();
    OptimizerConfig optimizer =
        new OptimizerConfig(OptimizerConfig.Kind.ADAMW, 0, 0.9, 0.999, 1e-12, 0, true);
    try (TrainableModel model =
        TrainableModel.build(
            config,
            List.of(new ClassificationHead(3)),
            new UpdateRule(optimizer, 0.5, false),
            RuntimeOptions.reproducible())) {
      model.initialize(1);
      SortedMap<String, FloatTensor> before = model.weights();
      model.step(Tiny.batch(4, 8, 1), new StepSettings(rate, 0, 0));
      SortedMap<String, FloatTensor> after = model.weights();
      LayerwiseRates rates = new LayerwiseRates(config, 0.5);
      for (String name :
          List.of(
              "output_bias",
              "bert/pooler/dense/bias",
              "bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/dense/bias",
              "bert/embeddings/LayerNorm/beta")) {
        double moved =
            Math.abs(
                requireNonNull(after.get(name)).values()[1]
                    - requireNonNull(before.get(name)).values()[1]);
        assertThat(moved).as(name).isCloseTo(rate * rates.applyAsDouble(name), within(1e-3 * rate));
      }
    }
  }
}
