package albert.model.io;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a BERT encoder from an ONNX file as PyTorch exports it, such as the ones in the
 * all-MiniLM-L6-v2 and bge-small-en-v1.5 packages on Maven Central. The file has no configuration:
 * sizes are read off the weights' shapes; heads, activation and epsilon off the graph.
 */
public final class OnnxFile {
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final String TYPES = "embeddings.token_type_embeddings.weight";
  private static final String INTERMEDIATE = "encoder.layer.0.intermediate.dense.bias";
  private static final String POSITION_IDS = "embeddings.position_ids";

  private static final Map<String, HiddenAct> ACTIVATIONS =
      Map.of("Erf", HiddenAct.GELU, "Tanh", HiddenAct.GELU_NEW, "Relu", HiddenAct.RELU);

  private OnnxFile() {}

  /**
   * Reads a file.
   *
   * @throws ModelFileException if it is not sound or not a BERT encoder
   */
  public static LoadedModel read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in);
    } catch (NoSuchFileException e) {
      throw new ModelFileException(file, "there is no such file", e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  /**
   * Reads a stream to its end, such as a resource of a jar.
   *
   * @param name what to call it in messages
   * @throws ModelFileException if it is not sound or not a BERT encoder
   */
  public static LoadedModel read(Path name, InputStream stream) {
    try {
      OnnxGraph graph = OnnxGraph.read(UnsafeByteOperations.unsafeWrap(stream.readAllBytes()));
      return model(new OnnxSource(name, graph), graph);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFileException(name, "is not a sound ONNX file, or is cut short", e);
    } catch (IllegalArgumentException | FormatProblem e) {
      throw new ModelFileException(name, "is not a sound ONNX file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(name, e);
    }
  }

  private static LoadedModel model(OnnxSource source, OnnxGraph graph) {
    EncoderConfig config = config(source, graph);
    WeightReader.checkSize(source, config);
    boolean pooler = source.shapes().containsKey("pooler.dense.weight");
    Set<String> ignored = new LinkedHashSet<>(Set.of(POSITION_IDS));
    ignored.retainAll(source.shapes().keySet());
    TensorTable table =
        TensorTable.huggingFace(
            config, HeadDescription.NONE, pooler, TensorTable.Layout.of(config), "");
    return new LoadedModel(
        config,
        HeadDescription.NONE,
        WeightReader.read(source, table, ignored),
        null,
        ignored.stream().map(buffer -> buffer + " is a constant and was left out").toList());
  }

  private static EncoderConfig config(OnnxSource source, OnnxGraph graph) {
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
      throw new ModelFileException(source.file(), String.valueOf(e.getMessage()), e);
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
