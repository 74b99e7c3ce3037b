package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeCostTest {

  /** V 10, E 3, H 4, I 6, two layers of three inner blocks: six blocks run. S 5. */
  @Test
  void workedByHand() {
    ComputeCost cost = ComputeCost.of(tiny().build(), 5);

    assertThat(cost.components())
        .containsExactly(
            Map.entry("embedding_projection", 2L * 3 * 4),
            // query, key, value, output: four products of a 4-vector with a 4 x 4 matrix
            Map.entry("attention_projections", 6L * 4 * (2 * 4 * 4)),
            // a query with 5 keys of 4 numbers; 5 probabilities with 5 values of 4 numbers
            Map.entry("attention_scores", 6L * (2 * 5 * 4 + 2 * 5 * 4)),
            Map.entry("feed_forward", 6L * (2 * 4 * 6 + 2 * 6 * 4)),
            Map.entry("pooler", 2L * 4 * 4),
            Map.entry("masked_lm_head", 2L * 4 * 3 + 2L * 3 * 10));
    assertThat(cost.forwardPerToken()).isEqualTo(24 + 768 + 480 + 576);
    assertThat(cost.trainingPerToken()).isEqualTo(3 * 1848);
    assertThat(cost.forwardPerSequence(0)).isEqualTo(5 * 1848 + 32);
    assertThat(cost.forwardPerSequence(2)).isEqualTo(5 * 1848 + 32 + 2 * 84);
    // query and output (384 of 768), scores and feed-forward of one block of six
    int left = (384 + 480 + 576) / 6;
    assertThat(cost.trainingPerSequence(2)).isEqualTo(3 * (5 * 1848 + 32 + 2 * 84 - 3 * left));
    assertThat(cost.trainingPerSequence(0)).isEqualTo(3 * (5 * 1848 + 32 - 4 * left));
    assertThat(cost.trainingPerSequence(5)).isEqualTo(3 * (5 * 1848 + 32 + 5 * 84));
  }

  @Test
  void bertBaseAt128Tokens() {
    ComputeCost cost = ComputeCost.of(EncoderPreset.BERT_BASE.config(), 128);

    assertThat(cost.embeddingProjection()).isZero();
    assertThat(cost.forwardPerToken()).isEqualTo(56_623_104L + 4_718_592 + 113_246_208);
  }

  @ParameterizedTest
  @EnumSource
  void sharingSavesNoOperations(ParameterSharing sharing) {
    assertThat(ComputeCost.of(tiny().sharing(sharing).build(), 5))
        .isEqualTo(ComputeCost.of(tiny().sharing(ParameterSharing.NONE).build(), 5));
  }

  @Test
  void anEqualProjectionCostsWhatItComputes() {
    EncoderConfig.Builder equal = tiny().embeddingSize(4);

    assertThat(ComputeCost.of(equal.build(), 5).embeddingProjection()).isZero();
    assertThat(ComputeCost.of(equal.projectEqualSizes(true).build(), 5).embeddingProjection())
        .isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 513})
  void aSequenceMustFitThePositions(int sequenceLength) {
    assertThatThrownBy(() -> ComputeCost.of(tiny().build(), sequenceLength))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("sequence_length", Integer.toString(sequenceLength), "1 to", "512")
        .hasFieldOrPropertyWithValue("key", "sequence_length");
  }

  private static EncoderConfig.Builder tiny() {
    return EncoderConfig.builder()
        .vocabSize(10)
        .embeddingSize(3)
        .hiddenSize(4)
        .numAttentionHeads(2)
        .intermediateSize(6)
        .numHiddenLayers(2)
        .innerGroupNum(3);
  }
}
