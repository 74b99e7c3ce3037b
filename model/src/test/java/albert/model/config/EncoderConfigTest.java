package albert.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderConfigTest {

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void aBadValueIsRefusedByKeyValueAndWhatIsAllowed(
      String key, String found, String allowed, UnaryOperator<EncoderConfig.Builder> change) {
    EncoderConfig.Builder builder = change.apply(EncoderConfig.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(key, found, allowed)
        .hasMessageNotContaining("\n")
        .hasFieldOrPropertyWithValue("key", key);
  }

  static Stream<Arguments> aBadValueIsRefusedByKeyValueAndWhatIsAllowed() {
    return Stream.of(
            sizes("vocab_size", 10_000_000, EncoderConfig.Builder::vocabSize),
            sizes("embedding_size", 65_536, EncoderConfig.Builder::embeddingSize),
            sizes("hidden_size", 65_536, EncoderConfig.Builder::hiddenSize),
            sizes("num_hidden_layers", 1_024, EncoderConfig.Builder::numHiddenLayers),
            sizes("groups", 1_024, EncoderConfig.Builder::groups),
            sizes("inner_group_num", 1_024, EncoderConfig.Builder::innerGroupNum),
            sizes("num_attention_heads", 65_536, EncoderConfig.Builder::numAttentionHeads),
            // 0 stands for 4 H
            sizes("intermediate_size", 262_144, EncoderConfig.Builder::intermediateSize).skip(1),
            sizes(
                "max_position_embeddings", 1_000_000, EncoderConfig.Builder::maxPositionEmbeddings),
            sizes("type_vocab_size", 65_536, EncoderConfig.Builder::typeVocabSize),
            probabilities("hidden_dropout_prob", EncoderConfig.Builder::hiddenDropoutProb),
            probabilities(
                "attention_probs_dropout_prob", EncoderConfig.Builder::attentionProbsDropoutProb),
            probabilities("classifier_dropout_prob", EncoderConfig.Builder::classifierDropoutProb),
            positives("initializer_range", EncoderConfig.Builder::initializerRange),
            positives("layer_norm_eps", EncoderConfig.Builder::layerNormEps),
            combinations())
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> sizes(String key, int max, Setter<Integer> setter) {
    return Stream.of(0, -1, max + 1, Integer.MIN_VALUE, Integer.MAX_VALUE)
        .map(value -> bad(key, value, "1 to " + max, setter));
  }

  private static Stream<Arguments> probabilities(String key, Setter<Double> setter) {
    return Stream.of(-0.1, 1.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY)
        .map(value -> bad(key, value, "0 up to but not including 1", setter));
  }

  private static Stream<Arguments> positives(String key, Setter<Double> setter) {
    return Stream.of(0.0, -1e-12, 1.1, Double.NaN, Double.POSITIVE_INFINITY)
        .map(value -> bad(key, value, "above 0 up to 1", setter));
  }

  private static Stream<Arguments> combinations() {
    return Stream.of(
        arguments("hidden_size", "770", "num_attention_heads 12", change(b -> b.hiddenSize(770))),
        arguments("groups", "5", "num_hidden_layers 12", change(b -> b.groups(5))),
        arguments("groups", "24", "num_hidden_layers 12", change(b -> b.groups(24))),
        arguments(
            "groups",
            "2",
            "sharing is none",
            change(b -> b.groups(2).sharing(ParameterSharing.NONE))),
        arguments(
            "layer_delta_rank",
            "4",
            "sharing is none",
            change(b -> b.layerDeltaRank(4).sharing(ParameterSharing.NONE))),
        arguments("layer_delta_rank", "769", "0 to 768", change(b -> b.layerDeltaRank(769))),
        arguments(
            "sharing_pattern",
            "cycle",
            "sharing is none",
            change(b -> b.sharingPattern(SharingPattern.CYCLE).sharing(ParameterSharing.NONE))));
  }

  private static <T> Arguments bad(String key, T value, String allowed, Setter<T> setter) {
    return arguments(key, value.toString(), allowed, change(builder -> setter.set(builder, value)));
  }

  private static UnaryOperator<EncoderConfig.Builder> change(
      UnaryOperator<EncoderConfig.Builder> change) {
    return change;
  }

  private interface Setter<T> {
    EncoderConfig.Builder set(EncoderConfig.Builder builder, T value);
  }

  @Test
  void limitsThemselvesAreAllowed() {
    EncoderConfig config =
        EncoderConfig.builder()
            .hiddenDropoutProb(0)
            .initializerRange(1)
            .layerNormEps(1)
            .typeVocabSize(1)
            .embeddingSize(1)
            .hiddenSize(65_536)
            .numAttentionHeads(65_536)
            .build();

    assertThat(config.headSize()).isEqualTo(1);
    assertThat(config.intermediateSize()).isEqualTo(262_144);
  }

  @Test
  void defaultsAreThePapersBaseModel() {
    assertThat(EncoderConfig.builder().build())
        .isEqualTo(
            new EncoderConfig(
                ModelType.ALBERT,
                30_000,
                128,
                768,
                12,
                ParameterSharing.ALL,
                1,
                SharingPattern.SEQUENCE,
                1,
                12,
                3_072,
                HiddenAct.GELU_NEW,
                0,
                0,
                0.1,
                512,
                2,
                0.02,
                1e-12,
                true,
                false,
                -1,
                ClassifierPooling.CLS,
                0))
        .isEqualTo(EncoderPreset.ALBERT_BASE.config());
  }

  @Test
  void intermediateSizeFollowsTheHiddenSizeUnlessSet() {
    EncoderConfig.Builder builder = EncoderConfig.builder().hiddenSize(240);

    assertThat(builder.build().intermediateSize()).isEqualTo(960);
    assertThat(builder.intermediateSize(50).build().intermediateSize()).isEqualTo(50);
  }

  @ParameterizedTest
  @EnumSource
  void aBuilderFromAConfigurationKeepsIt(EncoderPreset preset) {
    assertThat(preset.config().toBuilder().build()).isEqualTo(preset.config());
  }

  @Test
  void derivedSizes() {
    EncoderConfig config = EncoderConfig.builder().innerGroupNum(2).build();

    assertThat(config.headSize()).isEqualTo(64);
    assertThat(config.blocksApplied()).isEqualTo(24);
    assertThat(config.hasEmbeddingProjection()).isTrue();
    assertThat(config.toBuilder().embeddingSize(768).build().hasEmbeddingProjection()).isFalse();
    assertThat(
            config.toBuilder()
                .embeddingSize(768)
                .projectEqualSizes(true)
                .build()
                .hasEmbeddingProjection())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aPresetIsFoundByItsId(EncoderPreset preset) {
    assertThat(EncoderPreset.of(preset.id())).isEqualTo(preset);
  }

  @Test
  void anUnknownPresetIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> EncoderPreset.of("albert-huge"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("preset", "albert-huge", "albert-base", "mini-bert")
        .hasFieldOrPropertyWithValue("key", "preset");
  }
}
