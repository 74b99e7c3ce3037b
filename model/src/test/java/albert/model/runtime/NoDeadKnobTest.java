package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.ClassifierPooling;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.head.ClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.testing.Tiny;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.proto.GraphDef;

/** Every knob of the configuration changes the model. */
class NoDeadKnobTest {
  private static final Map<String, UnaryOperator<EncoderConfig.Builder>> FLIPS =
      Map.ofEntries(
          Map.entry("modelType", b -> b.modelType(ModelType.BERT)),
          Map.entry("vocabSize", b -> b.vocabSize(51)),
          Map.entry("embeddingSize", b -> b.embeddingSize(4)),
          Map.entry("hiddenSize", b -> b.hiddenSize(12)),
          Map.entry("numHiddenLayers", b -> b.numHiddenLayers(6)),
          Map.entry("sharing", b -> b.sharing(ParameterSharing.FFN)),
          Map.entry("groups", b -> b.groups(4)),
          Map.entry("sharingPattern", b -> b.sharingPattern(SharingPattern.CYCLE)),
          Map.entry("innerGroupNum", b -> b.innerGroupNum(2)),
          Map.entry("numAttentionHeads", b -> b.numAttentionHeads(4)),
          Map.entry("intermediateSize", b -> b.intermediateSize(20)),
          Map.entry("hiddenAct", b -> b.hiddenAct(HiddenAct.GELU)),
          Map.entry("hiddenDropoutProb", b -> b.hiddenDropoutProb(0.2)),
          Map.entry("attentionProbsDropoutProb", b -> b.attentionProbsDropoutProb(0.2)),
          Map.entry("classifierDropoutProb", b -> b.classifierDropoutProb(0.2)),
          Map.entry("maxPositionEmbeddings", b -> b.maxPositionEmbeddings(17)),
          Map.entry("typeVocabSize", b -> b.typeVocabSize(3)),
          Map.entry("initializerRange", b -> b.initializerRange(0.03)),
          Map.entry("layerNormEps", b -> b.layerNormEps(1e-6)),
          Map.entry("ffnOutputDropout", b -> b.ffnOutputDropout(false)),
          Map.entry("projectEqualSizes", b -> b.projectEqualSizes(true)),
          Map.entry("paddingIdx", b -> b.paddingIdx(0)),
          Map.entry("classifierPooling", b -> b.classifierPooling(ClassifierPooling.MEAN)),
          Map.entry("layerDeltaRank", b -> b.layerDeltaRank(2)));

  @Test
  void everyKnobIsFlipped() {
    List<String> knobs =
        Arrays.stream(EncoderConfig.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    assertThat(new TreeSet<>(knobs)).isEqualTo(new TreeSet<>(FLIPS.keySet()));
  }

  @Test
  void theSameConfigurationGivesTheSameGraph() {
    assertThat(graph(Tiny.config())).isEqualTo(graph(Tiny.config()));
  }

  @TestFactory
  Stream<DynamicTest> aFlippedKnobChangesTheGraph() {
    GraphDef unchanged = graph(Tiny.config());
    return FLIPS.entrySet().stream()
        .map(
            flip ->
                DynamicTest.dynamicTest(
                    flip.getKey(),
                    () ->
                        assertThat(graph(flip.getValue().apply(Tiny.config().toBuilder()).build()))
                            .isNotEqualTo(unchanged)));
  }

  private static GraphDef graph(EncoderConfig config) {
    return TrainingGraph.build(
            config,
            List.of(new ClassificationHead(3)),
            UpdateRule.of(OptimizerConfig.adamW()),
            false,
            RuntimeOptions.reproducible())
        .definition();
  }
}
