package albert.model.io.onnx;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import java.util.Locale;
import java.util.Map;

/**
 * The configuration that an ONNX file does not have: sizes are read off the weights' shapes; heads,
 * activation and epsilon off the graph.
 */
final class OnnxConfig {
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final String TYPES = "embeddings.token_type_embeddings.weight";
  private static final String INTERMEDIATE = "encoder.layer.0.intermediate.dense.bias";

  private static final Map<String, HiddenAct> ACTIVATIONS =
      Map.of("Erf", HiddenAct.GELU, "Tanh", HiddenAct.GELU_NEW, "Relu", HiddenAct.RELU);

  private OnnxConfig() {}

  /**
   * Tells it.
   *
   * @throws ModelFileException if the file is not a BERT encoder
   */
  static EncoderConfig of(OnnxSource source, OnnxGraph graph) {
    int hidden = size(source, WORDS, 1);
    int layers = 0;
    while (source
        .shapes()
        .containsKey(String.format(Locale.ROOT, "encoder.layer.%d.output.dense.bias", layers))) {
      layers++;
    }
    try {
      return EncoderConfig.builder()
          .paddingIdx(0)
          .modelType(ModelType.BERT)
          .vocabSize(size(source, WORDS, 0))
          .embeddingSize(hidden)
          .hiddenSize(hidden)
          .numHiddenLayers(layers)
          .sharing(ParameterSharing.NONE)
          .numAttentionHeads(heads(source, graph, hidden))
          .intermediateSize(size(source, INTERMEDIATE, 0))
          .hiddenAct(hiddenAct(source, graph))
          .hiddenDropoutProb(0.1)
          .attentionProbsDropoutProb(0.1)
          .maxPositionEmbeddings(size(source, POSITIONS, 0))
          .typeVocabSize(size(source, TYPES, 0))
          .layerNormEps(epsilon(source, graph))
          .build();
    } catch (ConfigException e) {
      throw new ModelFileException(source.file(), e);
    }
  }

  private static int size(OnnxSource source, String name, int dimension) {
    long[] shape = source.shapes().get(name);
    if (shape == null || dimension >= shape.length || shape[dimension] < 1) {
      throw new ModelFileException(
          source.file(),
          String.format(Locale.ROOT, "there is no sound %s, which a BERT encoder has", name));
    }
    return (int) Math.min(shape[dimension], Integer.MAX_VALUE);
  }

  /** The first layer's queries are reshaped to [batch, sequence, heads, H / heads]. */
  private static int heads(OnnxSource source, OnnxGraph graph, int hidden) {
    for (OnnxGraph.Node node : graph.nodes()) {
      if (node.operation().equals("Concat")
          && node.name().startsWith("/encoder/layer.0/attention/self/")
          && node.inputs().size() == 4) {
        long heads = constant(graph, node.inputs().get(2));
        long size = constant(graph, node.inputs().get(3));
        if (heads > 0 && heads <= hidden && size == hidden / heads && heads * size == hidden) {
          return (int) heads;
        }
      }
    }
    throw new ModelFileException(
        source.file(), "the number of attention heads can't be told from the graph");
  }

  private static long constant(OnnxGraph graph, String name) {
    OnnxGraph.Tensor tensor = graph.constants().get(name);
    return tensor == null ? 0 : tensor.onlyLong().orElse(0L);
  }

  private static HiddenAct hiddenAct(OnnxSource source, OnnxGraph graph) {
    for (OnnxGraph.Node node : graph.nodes()) {
      HiddenAct act = ACTIVATIONS.get(node.operation());
      if (act != null && node.name().startsWith("/encoder/layer.0/intermediate/")) {
        return act;
      }
    }
    throw new ModelFileException(source.file(), "the activation can't be told from the graph");
  }

  /** Added to the variance before the square root; the shortest decimal that is this float. */
  private static double epsilon(OnnxSource source, OnnxGraph graph) {
    for (OnnxGraph.Node node : graph.nodes()) {
      if (node.operation().equals("Add") && node.name().equals("/embeddings/LayerNorm/Add")) {
        for (String input : node.inputs()) {
          OnnxGraph.Tensor tensor = graph.constants().get(input);
          if (tensor != null && tensor.onlyFloat().isPresent()) {
            return Double.parseDouble(tensor.onlyFloat().get().toString());
          }
        }
      }
    }
    throw new ModelFileException(
        source.file(), "layer norm's epsilon can't be told from the graph");
  }
}
