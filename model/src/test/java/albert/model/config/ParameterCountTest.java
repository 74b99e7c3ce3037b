package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.testing.ExactCount;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterCountTest {
  @TestFactory
  Stream<DynamicTest> everyExactCountIsMet() throws IOException {
    return ExactCount.all().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name(),
                    () ->
                        assertThat(ParameterCount.of(row.config()).total())
                            .isEqualTo(row.parameters())));
  }

  @ParameterizedTest
  @EnumSource
  void everyPresetHasItsExpectedParameters(EncoderPreset preset) {
    assertThat(ParameterCount.of(preset.config()).total()).isEqualTo(preset.expectedParameters());
  }

  @Test
  void componentsOfAlbertBase() {
    assertThat(ParameterCount.of(EncoderPreset.ALBERT_BASE.config()).components())
        .containsExactly(
            Map.entry("word_embeddings", 30_000L * 128),
            Map.entry("position_embeddings", 512L * 128),
            Map.entry("token_type_embeddings", 2L * 128),
            Map.entry("embedding_layer_norm", 256L),
            Map.entry("embedding_projection", 99_072L),
            Map.entry("attention", 2_363_904L),
            Map.entry("feed_forward", 4_723_968L),
            Map.entry("layer_deltas", 0L),
            Map.entry("pooler", 590_592L));
  }

  /**
   * H 4, I 6: an attention block has 4 (16 + 4) + 8 = 88 parameters, a feed-forward block (24 + 6)
   * + (24 + 4) + 8 = 66.
   */
  @ParameterizedTest(name = "{0} with {1} groups and {2} inner blocks")
  @CsvSource({
    "NONE,      1, 1, 528, 396",
    "NONE,      1, 2, 1056, 792",
    "ALL,       1, 1,  88,  66",
    "ALL,       1, 3, 264, 198",
    "ALL,       2, 1, 176, 132",
    "ALL,       6, 1, 528, 396",
    "ATTENTION, 1, 1,  88, 396",
    "ATTENTION, 3, 1, 264, 396",
    "ATTENTION, 2, 2, 352, 792",
    "FFN,       1, 1, 528,  66",
    "FFN,       2, 1, 528, 132",
    "FFN,       3, 2, 1056, 396",
  })
  void sharedWeightsCountOnceASet(
      ParameterSharing sharing, int groups, int innerGroupNum, long attention, long feedForward) {
    ParameterCount count =
        ParameterCount.of(
            tiny().sharing(sharing).groups(groups).innerGroupNum(innerGroupNum).build());

    assertThat(count.attention()).isEqualTo(attention);
    assertThat(count.feedForward()).isEqualTo(feedForward);
  }

  @Test
  void equalSizesAreProjectedOnlyOnRequest() {
    EncoderConfig.Builder equal = tiny().embeddingSize(4);

    assertThat(ParameterCount.of(equal.build()).embeddingProjection()).isZero();
    assertThat(ParameterCount.of(equal.projectEqualSizes(true).build()).embeddingProjection())
        .isEqualTo(4 * 4 + 4);
  }

  @Test
  void theMeanOfTheTokensHasNoPooler() {
    ParameterCount count =
        ParameterCount.of(tiny().classifierPooling(ClassifierPooling.MEAN).build());

    assertThat(count.pooler()).isZero();
    assertThat(ParameterCount.of(tiny().build()).total() - count.total()).isEqualTo(4 * 4 + 4);
  }

  /** r (in + out) for each kernel that is shared, in each layer and inner block. */
  @ParameterizedTest
  @CsvSource({"ALL, 1, 2, 624", "ATTENTION, 2, 3, 1152", "FFN, 1, 1, 120"})
  void whatLayersAddIsCountedByTheLayer(
      ParameterSharing sharing, int inner, int rank, long deltas) {
    EncoderConfig config =
        tiny().sharing(sharing).innerGroupNum(inner).layerDeltaRank(rank).build();
    assertThat(ParameterCount.of(config).layerDeltas()).isEqualTo(deltas);
    ParameterCount without = ParameterCount.of(config.toBuilder().layerDeltaRank(0).build());
    assertThat(ParameterCount.of(config).total() - without.total()).isEqualTo(deltas);
  }

  @Test
  void headsAreCountedApart() {
    EncoderConfig config = EncoderPreset.ALBERT_BASE.config();

    assertThat(ParameterCount.maskedLmHead(config, true)).isEqualTo(768 * 128 + 128 + 256 + 30_000);
    assertThat(ParameterCount.maskedLmHead(config, false))
        .isEqualTo(768 * 128 + 128 + 256 + 30_000 + 30_000 * 128);
    assertThat(ParameterCount.sentenceOrderHead(config)).isEqualTo(2 * 768 + 2);
    assertThat(ParameterCount.classificationHead(config, 45)).isEqualTo(45 * 768 + 45);
  }

  @Test
  void memoryIsFourBytesAWeightAndFourCopiesInTraining() {
    ParameterCount count = ParameterCount.of(EncoderPreset.ALBERT_BASE.config());

    assertThat(count.weightBytes()).isEqualTo(46_734_336);
    assertThat(count.trainingBytes()).isEqualTo(186_937_344);
  }

  @Test
  void theLargestSizesAllowedDoNotOverflow() {
    EncoderConfig huge =
        EncoderConfig.builder()
            .vocabSize(10_000_000)
            .embeddingSize(65_536)
            .hiddenSize(65_536)
            .numAttentionHeads(1)
            .numHiddenLayers(1024)
            .innerGroupNum(1024)
            .sharing(ParameterSharing.NONE)
            .maxPositionEmbeddings(1_000_000)
            .build();

    assertThat((double) ParameterCount.of(huge).trainingBytes())
        .isCloseTo(16 * 1024.0 * 1024 * 12 * 65_536 * 65_536, within(1e-3));
  }

  private static Percentage within(double share) {
    return Percentage.withPercentage(100 * share);
  }

  private static EncoderConfig.Builder tiny() {
    return EncoderConfig.builder()
        .vocabSize(10)
        .embeddingSize(3)
        .hiddenSize(4)
        .numAttentionHeads(2)
        .intermediateSize(6)
        .numHiddenLayers(6);
  }
}
