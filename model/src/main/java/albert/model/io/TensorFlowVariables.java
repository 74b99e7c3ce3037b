package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorSource;
import albert.model.io.tensorbundle.TensorBundle;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.SerializedTensor;

/**
 * The variables of a TensorFlow checkpoint under the names of Google's published code, whichever of
 * these it has:
 *
 * <ul>
 *   <li>those names;
 *   <li>those names in a scope, such as the {@code module} that TF-Hub's format of TensorFlow 1 is
 *       used in;
 *   <li>an object graph of TensorFlow 2 with an ALBERT of tensorflow/models ({@code
 *       official/nlp/modeling/networks/albert_encoder.py}), which is what TF-Hub's {@code
 *       tensorflow/albert_en_*} are. Its names are those by which {@code
 *       tf2_albert_encoder_checkpoint_converter.py} there loads Google's checkpoints, and its
 *       attention has the heads as a dimension of their own ({@code
 *       tf1_bert_checkpoint_converter_lib.py}).
 * </ul>
 */
final class TensorFlowVariables {
  private static final String GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";
  private static final String WORDS = ModelVariable.WORD_EMBEDDINGS.variableName();

  /** The converter's replacements, each for every occurrence, in their order. */
  private static final List<Map.Entry<String, String>> REPLACEMENTS =
      List.of(
          Map.entry("bert/encoder/", ""),
          Map.entry("bert/", ""),
          Map.entry("embeddings/word_embeddings", "word_embeddings/embeddings"),
          Map.entry("embeddings/position_embeddings", "position_embedding/embeddings"),
          Map.entry("embeddings/token_type_embeddings", "type_embeddings/embeddings"),
          Map.entry("embeddings/LayerNorm", "embeddings/layer_norm"),
          Map.entry("embedding_hidden_mapping_in", "embedding_projection"),
          Map.entry("group_0/inner_group_0/", ""),
          Map.entry("attention_1/self", "self_attention"),
          Map.entry("attention_1/output/dense", "self_attention/attention_output"),
          Map.entry("transformer/LayerNorm/", "transformer/self_attention_layer_norm/"),
          Map.entry("ffn_1/intermediate/dense", "intermediate"),
          Map.entry("ffn_1/intermediate/output/dense", "output"),
          Map.entry("transformer/LayerNorm_1/", "transformer/output_layer_norm/"),
          Map.entry("pooler/dense", "pooler_transform"),
          Map.entry("cls/predictions", "bert/cls/predictions"),
          Map.entry("cls/predictions/output_bias", "cls/predictions/output_bias/bias"));

  private final TensorSource source;
  private final Optional<Long> heads;

  private TensorFlowVariables(TensorSource source, Optional<Long> heads) {
    this.source = source;
    this.heads = heads;
  }

  /**
   * Finds out which it has.
   *
   * @throws ModelFileException if the object graph is not sound
   */
  static TensorFlowVariables of(TensorBundle bundle) {
    Optional<byte[]> graph = bundle.text(GRAPH);
    if (graph.isPresent()) {
      return ofObjects(bundle, graph.get());
    }
    Optional<String> scope =
        bundle.shapes().keySet().stream()
            .filter(name -> name.endsWith("/" + WORDS))
            .map(name -> name.substring(0, name.length() - WORDS.length()))
            .findFirst();
    if (scope.isEmpty() || bundle.shapes().containsKey(WORDS)) {
      return new TensorFlowVariables(bundle, Optional.empty());
    }
    RenamedSource renamed = new RenamedSource(bundle);
    bundle
        .shapes()
        .forEach(
            (name, shape) ->
                renamed.add(
                    name.startsWith(scope.get()) ? name.substring(scope.get().length()) : name,
                    name,
                    shape));
    return new TensorFlowVariables(renamed, Optional.empty());
  }

  private static TensorFlowVariables ofObjects(TensorBundle bundle, byte[] graph) {
    Map<String, String> published =
        names().collect(Collectors.toMap(TensorFlowVariables::ofTensorFlow2, name -> name));
    Map<String, String> fullNames = fullNames(bundle, graph);
    Optional<Long> heads = Optional.empty();
    RenamedSource renamed = new RenamedSource(bundle);
    for (Map.Entry<String, long[]> variable : bundle.shapes().entrySet()) {
      String key = variable.getKey();
      if (key.equals(GRAPH)) {
        continue;
      }
      String fullName = fullNames.getOrDefault(key, key);
      String name = published.getOrDefault(fullName, fullName);
      if (name.endsWith("query/kernel") && variable.getValue().length == 3) {
        heads = Optional.of(variable.getValue()[1]);
      }
      renamed.add(name, key, joined(name, variable.getValue()));
    }
    return new TensorFlowVariables(renamed, heads);
  }

  /** The name that a variable of Google's code has in tensorflow/models. */
  static String ofTensorFlow2(String published) {
    String name = published;
    for (Map.Entry<String, String> replacement : REPLACEMENTS) {
      name = name.replace(replacement.getKey(), replacement.getValue());
    }
    return name;
  }

  /** All that an ALBERT with one set of weights can have. */
  private static Stream<String> names() {
    return Stream.concat(
        Arrays.stream(ModelVariable.values()).map(ModelVariable::variableName),
        Arrays.stream(BlockVariable.values())
            .map(variable -> variable.variableName(ModelType.ALBERT, 0, 0)));
  }

  /** The variables' own names by the keys under which the bundle has them. */
  private static Map<String, String> fullNames(TensorBundle bundle, byte[] graph) {
    Map<String, String> names = new LinkedHashMap<>();
    try {
      for (TrackableObjectGraph.TrackableObject node :
          TrackableObjectGraph.parseFrom(graph).getNodesList()) {
        for (SerializedTensor tensor : node.getAttributesList()) {
          names.put(tensor.getCheckpointKey(), tensor.getFullName());
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFileException(bundle.file(), "its object graph is not sound", e);
    }
    names.values().removeIf(String::isEmpty);
    return names;
  }

  /** A shape without the dimension of the heads: queries have it behind H, outputs before. */
  private static long[] joined(String name, long[] shape) {
    if (!name.contains("/attention_1/")) {
      return shape;
    }
    boolean kernel = name.endsWith("kernel");
    if (name.contains("/self/")) {
      return kernel && shape.length == 3
          ? new long[] {shape[0], shape[1] * shape[2]}
          : !kernel && shape.length == 2 ? new long[] {shape[0] * shape[1]} : shape;
    }
    return kernel && shape.length == 3 ? new long[] {shape[0] * shape[1], shape[2]} : shape;
  }

  /** The variables. */
  TensorSource source() {
    return source;
  }

  /**
   * Sees that a configuration has as many heads as the variables, where these show it.
   *
   * @throws ModelFileException if not
   */
  void checkHeads(EncoderConfig config) {
    if (heads.isPresent() && heads.get() != config.numAttentionHeads()) {
      throw new ModelFileException(
          source.file(),
          String.format(
              Locale.ROOT,
              "its attention has %d heads, but num_attention_heads is %d",
              heads.get(),
              config.numAttentionHeads()));
    }
  }

  /** What of a configuration the shapes say, for a person who has to write one. */
  String described() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    put(sizes, "vocab_size", WORDS, 0);
    put(sizes, "embedding_size", WORDS, 1);
    put(sizes, "hidden_size", ModelVariable.POOLER_KERNEL.variableName(), 0);
    String block = BlockVariable.FFN_KERNEL.variableName(ModelType.ALBERT, 0, 0);
    put(sizes, "hidden_size", block, 0);
    put(sizes, "intermediate_size", block, 1);
    heads.ifPresent(number -> sizes.put("num_attention_heads", number));
    put(sizes, "max_position_embeddings", ModelVariable.POSITION_EMBEDDINGS.variableName(), 0);
    put(sizes, "type_vocab_size", ModelVariable.TOKEN_TYPE_EMBEDDINGS.variableName(), 0);
    return sizes.entrySet().stream()
        .map(size -> size.getKey() + " " + size.getValue())
        .collect(Collectors.joining(", "));
  }

  private void put(Map<String, Long> sizes, String key, String variable, int dimension) {
    long[] shape = source.shapes().getOrDefault(variable, new long[0]);
    if (shape.length == 2) {
      sizes.put(key, shape[dimension]);
    }
  }
}
