package albert.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ClassifierPooling;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.graph.GraphRewrite;
import albert.model.graph.MatrixProducts;
import albert.model.graph.VariableStore;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.Labels;
import albert.model.head.MaskedLmHead;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.testing.Tiny;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;

/** The formula of {@link ComputeCost} against a count over the graphs that run. */
class CountedFlopsTest {
  private static final int BATCH = 3;
  private static final int LENGTH = 10;
  private static final int PREDICTED = 4;
  private static final int CLASSES = 3;

  static Stream<Arguments> architectures() {
    EncoderConfig tiny = Tiny.config();
    return Stream.of(
        Arguments.of("shared all in two groups, E = H", tiny),
        Arguments.of("BERT", tiny.toBuilder().sharing(ParameterSharing.NONE).groups(1).build()),
        Arguments.of(
            "attention shared, E < H",
            tiny.toBuilder().sharing(ParameterSharing.ATTENTION).embeddingSize(4).build()),
        Arguments.of(
            "ffn shared, E > H",
            tiny.toBuilder().sharing(ParameterSharing.FFN).groups(1).embeddingSize(12).build()),
        Arguments.of(
            "all shared, E < H, one group",
            tiny.toBuilder().sharing(ParameterSharing.ALL).groups(1).embeddingSize(4).build()),
        Arguments.of(
            "cycle", tiny.toBuilder().groups(2).sharingPattern(SharingPattern.CYCLE).build()),
        Arguments.of(
            "E = H, projected", tiny.toBuilder().projectEqualSizes(true).innerGroupNum(2).build()),
        Arguments.of(
            "mean of the tokens",
            tiny.toBuilder().classifierPooling(ClassifierPooling.MEAN).build()),
        Arguments.of("deltas", tiny.toBuilder().layerDeltaRank(2).build()),
        Arguments.of(
            "deltas to the attention",
            tiny.toBuilder()
                .sharing(ParameterSharing.ATTENTION)
                .layerDeltaRank(3)
                .innerGroupNum(2)
                .build()),
        Arguments.of("one head", tiny.toBuilder().numAttentionHeads(1).build()),
        Arguments.of("eight heads", tiny.toBuilder().numAttentionHeads(8).build()),
        Arguments.of("one layer", tiny.toBuilder().numHiddenLayers(1).groups(1).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void aForwardPass(String name, EncoderConfig config) {
    ComputeCost cost = ComputeCost.of(config, LENGTH);
    GraphDef graph = inference(config);

    assertThat(count(graph, BATCH, LENGTH, Outputs.SEQUENCE))
        .isEqualTo(BATCH * LENGTH * cost.forwardPerToken());
    assertThat((double) count(graph, BATCH, LENGTH, Outputs.SEQUENCE, Outputs.POOLED))
        .isEqualTo(BATCH * cost.forwardPerSequence(0));
  }

  @ParameterizedTest
  @EnumSource
  void everyPreset(EncoderPreset preset) {
    assertThat(count(inference(preset.config()), 2, 128, Outputs.SEQUENCE))
        .isEqualTo(2 * 128 * ComputeCost.of(preset.config(), 128).forwardPerToken());
  }

  /** The class scores, [batch, H] with [H, classes], are all that the formula leaves out. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void aStepOfFineTuning(String name, EncoderConfig config) {
    Map<String, Shape> fed = inputs(BATCH, LENGTH);
    fed.put(ClassificationHead.LABELS, Shape.of(BATCH));
    double scores = 3 * 2.0 * BATCH * config.hiddenSize() * CLASSES;

    assertThat((double) step(config, new ClassificationHead(CLASSES), fed))
        .isEqualTo(BATCH * ComputeCost.of(config, LENGTH).trainingPerSequence(0) + scores);
  }

  /** The formula's pooler is not there where no head reads it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void aStepOfMaskedWords(String name, EncoderConfig config) {
    Map<String, Shape> fed = inputs(BATCH, LENGTH);
    for (String label : List.of(MaskedLmHead.POSITIONS, MaskedLmHead.IDS, MaskedLmHead.WEIGHTS)) {
      fed.put(label, Shape.of(BATCH, PREDICTED));
    }
    ComputeCost cost = ComputeCost.of(config, LENGTH);

    assertThat((double) step(config, new MaskedLmHead(), fed))
        .isEqualTo(BATCH * (cost.trainingPerSequence(PREDICTED) - 3 * cost.pooler()));
  }

  @Test
  void aModelCountsItsOwnGraph() {
    try (TrainableModel model =
        TrainableModel.build(
            Tiny.config(),
            List.of(new ClassificationHead(CLASSES)),
            OptimizerConfig.adamW(),
            RuntimeOptions.reproducible())) {
      assertThat(model.encoderFlopsPerToken(LENGTH))
          .isEqualTo(ComputeCost.of(Tiny.config(), LENGTH).forwardPerToken());
    }
  }

  @Test
  void withoutTheShapesNothingIsCounted() {
    GraphDef graph = inference(Tiny.config());

    assertThatThrownBy(
            () ->
                MatrixProducts.flops(graph, List.of(Outputs.operation(Outputs.SEQUENCE)), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("MatMul", "[-1, 8]");
  }

  private static GraphDef inference(EncoderConfig config) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Outputs.build(
          Building.inference(tf, config, new VariableStore(tf)),
          EncoderInputs.placeholders(tf),
          List.of(),
          new Labels(tf),
          true,
          true);
      return GraphRewrite.apply(graph.toGraphDef());
    }
  }

  private static long count(GraphDef graph, int batch, int length, String... outputs) {
    return MatrixProducts.flops(
        graph, Stream.of(outputs).map(Outputs::operation).toList(), inputs(batch, length));
  }

  private static long step(EncoderConfig config, Head head, Map<String, Shape> fed) {
    GraphDef built =
        TrainingGraph.build(
                config,
                List.of(head),
                UpdateRule.of(OptimizerConfig.adamW()),
                false,
                RuntimeOptions.reproducible())
            .definition();
    return MatrixProducts.flops(GraphRewrite.apply(built), List.of(TrainingGraph.UPDATE), fed);
  }

  private static Map<String, Shape> inputs(int batch, int length) {
    return new HashMap<>(EncoderInputs.shapes(batch, length));
  }
}
