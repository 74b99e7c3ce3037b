package albert.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ParameterSharing;
import albert.model.config.StepMemory;
import albert.model.config.StepMemory.Reading;
import albert.model.graph.VariableStore.Variable;
import albert.model.head.Labels;
import albert.model.head.MaskedLmHead;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import albert.model.layer.TransformerEncoder;
import albert.model.testing.Tiny;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * The formula of {@link StepMemory} against the tensors of graphs with gradients: those that are
 * made of the batch before the loss and read by what follows from the loss. Tensors that share
 * their memory with another one, reshaped, count as that one.
 */
final class KeptTensorsTest {
  private static final int BATCH = 3;
  private static final int LENGTH = 10;
  private static final int PREDICTED = 4;
  private static final String LOSS = "loss";
  private static final Set<String> SHARING_MEMORY =
      Set.of("Reshape", "Squeeze", "ExpandDims", "Identity", "Bitcast");

  /** What is learnt from the encoder. */
  private interface Loss {
    Operand<TFloat32> of(Building building, EncoderInputs inputs, EncoderOutput encoder);
  }

  static Stream<Arguments> architectures() {
    EncoderConfig still =
        Tiny.config().toBuilder().hiddenDropoutProb(0).attentionProbsDropoutProb(0).build();
    return Stream.of(
        Arguments.of("dropout, E = H", Tiny.config()),
        Arguments.of("no dropout", still),
        Arguments.of("no dropout of probabilities", drops(0.1, 0)),
        Arguments.of("dropout of probabilities alone", drops(0, 0.1)),
        Arguments.of("E < H", Tiny.config().toBuilder().embeddingSize(4).build()),
        Arguments.of("BERT", still.toBuilder().sharing(ParameterSharing.NONE).groups(1).build()),
        Arguments.of("GELU", still.toBuilder().hiddenAct(HiddenAct.GELU).build()),
        Arguments.of("tanh GELU", still.toBuilder().hiddenAct(HiddenAct.GELU_NEW).build()),
        Arguments.of("ReLU", still.toBuilder().hiddenAct(HiddenAct.RELU).build()),
        Arguments.of("one mask a block", Tiny.config().toBuilder().ffnOutputDropout(false).build()),
        Arguments.of("padding learns nothing", still.toBuilder().paddingIdx(0).build()),
        Arguments.of("inner blocks", still.toBuilder().innerGroupNum(2).build()),
        Arguments.of("one layer", still.toBuilder().numHiddenLayers(1).groups(1).build()),
        Arguments.of("deltas", still.toBuilder().layerDeltaRank(3).build()),
        Arguments.of(
            "deltas to the attention",
            still.toBuilder().sharing(ParameterSharing.ATTENTION).layerDeltaRank(2).build()),
        Arguments.of("eight heads", still.toBuilder().numAttentionHeads(8).build()));
  }

  private static EncoderConfig drops(double hidden, double probabilities) {
    return Tiny.config().toBuilder()
        .hiddenDropoutProb(hidden)
        .attentionProbsDropoutProb(probabilities)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void everyTokenIsRead(String name, EncoderConfig config) {
    Map<String, Long> kept =
        kept(
            config,
            true,
            (building, inputs, encoder) -> building.tf().nn.l2Loss(encoder.sequence()));

    assertThat(bytes(kept)).as("%s", kept).isEqualTo(formula(config, Reading.EVERY_TOKEN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void theFirstTokenIsRead(String name, EncoderConfig config) {
    Map<String, Long> kept =
        kept(
            config,
            false,
            (building, inputs, encoder) ->
                building
                    .tf()
                    .nn
                    .l2Loss(encoder.at(building.kernels().ints(0), building.tf().constant(1))));

    assertThat(bytes(kept)).as("%s", kept).isEqualTo(formula(config, Reading.FIRST_TOKEN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void maskedWordsArePredicted(String name, EncoderConfig config) {
    Map<String, Long> kept =
        kept(
            config,
            false,
            (building, inputs, encoder) ->
                new MaskedLmHead()
                    .apply(building, inputs, encoder, new Labels(building.tf()))
                    .loss());

    assertThat(bytes(kept))
        .as("%s", kept)
        .isEqualTo(formula(config, new Reading(false, PREDICTED, PREDICTED)));
  }

  private static long formula(EncoderConfig config, Reading reading) {
    return BATCH * StepMemory.training(config, LENGTH, reading).sequenceBytes();
  }

  private static long bytes(Map<String, Long> kept) {
    return Float.BYTES * kept.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The sizes of the tensors by name. */
  private static Map<String, Long> kept(EncoderConfig config, boolean everyToken, Loss loss) {
    Map<String, Shape> fed = new HashMap<>(EncoderInputs.shapes(BATCH, LENGTH));
    for (String label : List.of(MaskedLmHead.POSITIONS, MaskedLmHead.IDS, MaskedLmHead.WEIGHTS)) {
      fed.put(label, Shape.of(BATCH, PREDICTED));
    }
    try (Graph imported = new Graph()) {
      imported.importGraphDef(MatrixProducts.shaped(graph(config, everyToken, loss), fed));
      return kept(imported, fed.keySet());
    }
  }

  private static GraphDef graph(EncoderConfig config, boolean everyToken, Loss loss) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VariableStore store = new VariableStore(tf);
      EncoderInputs inputs = EncoderInputs.placeholders(tf);
      Building building = Building.training(tf, config, store, 1);
      EncoderOutput encoder = new TransformerEncoder(building).apply(inputs, everyToken);
      Operand<TFloat32> scalar = tf.withName(LOSS).identity(loss.of(building, inputs, encoder));
      List<Operand<TFloat32>> gradients =
          Gradients.of(
              graph, scalar, store.variables().values().stream().map(Variable::read).toList());
      return Subgraph.of(
          GraphRewrite.apply(graph.toGraphDef()),
          gradients.stream().map(gradient -> gradient.op().name()).toList());
    }
  }

  private static Map<String, Long> kept(Graph graph, Collection<String> placeholders) {
    Set<GraphOperation> afterLoss = from(graph, List.of(LOSS));
    Set<GraphOperation> ofBatch = from(graph, placeholders);
    Map<String, Long> kept = new TreeMap<>();
    for (GraphOperation reader : afterLoss) {
      for (int i = 0; i < reader.numInputs(); i++) {
        Output<?> value = owner(reader.input(i));
        GraphOperation maker = (GraphOperation) value.op();
        boolean madeBefore = ofBatch.contains(maker) && !afterLoss.contains(maker);
        if (madeBefore
            && value.dataType() == DataType.DT_FLOAT
            && value.shape().numDimensions() != 0) {
          assertThat(value.shape().hasUnknownDimension()).as("%s", value).isFalse();
          kept.put(maker.name() + ":" + value.index(), value.shape().size());
        }
      }
    }
    return kept;
  }

  /** What has the memory of a value. */
  private static Output<?> owner(Output<?> value) {
    Output<?> owner = value;
    while (SHARING_MEMORY.contains(owner.op().type())) {
      owner = ((GraphOperation) owner.op()).input(0);
    }
    return owner;
  }

  /** What follows from operations, without these. */
  private static Set<GraphOperation> from(Graph graph, Collection<String> names) {
    Set<GraphOperation> found = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    for (String name : names) {
      GraphOperation operation = graph.operation(name);
      if (operation != null) {
        open.add(operation);
      }
    }
    while (!open.isEmpty()) {
      for (GraphOperation consumer : open.pop().consumers()) {
        if (found.add(consumer)) {
          open.push(consumer);
        }
      }
    }
    return found;
  }
}
