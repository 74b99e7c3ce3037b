package albert.model.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import albert.model.io.tensorbundle.TensorBundleWriter;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.types.TString;

/**
 * SavedModels as TF-Hub's ALBERTs are laid out, built here after the published exporters: none of
 * the published modules is at hand. TensorFlow itself writes those of TensorFlow 2.
 */
class SavedModelDirectoryTest {
  private static final String GROUP = "bert/encoder/transformer/group_0/inner_group_0/";
  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";
  private static final String OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH";

  /** Names of Google's code and of tensorflow/models, after the latter's converter. */
  private static final String NAMES =
      """
      bert/embeddings/word_embeddings word_embeddings/embeddings
      bert/embeddings/position_embeddings position_embedding/embeddings
      bert/embeddings/token_type_embeddings type_embeddings/embeddings
      bert/embeddings/LayerNorm/gamma embeddings/layer_norm/gamma
      bert/embeddings/LayerNorm/beta embeddings/layer_norm/beta
      bert/encoder/embedding_hidden_mapping_in/kernel embedding_projection/kernel
      bert/encoder/embedding_hidden_mapping_in/bias embedding_projection/bias
      GROUP/attention_1/self/query/kernel transformer/self_attention/query/kernel
      GROUP/attention_1/self/query/bias transformer/self_attention/query/bias
      GROUP/attention_1/self/key/kernel transformer/self_attention/key/kernel
      GROUP/attention_1/self/key/bias transformer/self_attention/key/bias
      GROUP/attention_1/self/value/kernel transformer/self_attention/value/kernel
      GROUP/attention_1/self/value/bias transformer/self_attention/value/bias
      GROUP/attention_1/output/dense/kernel transformer/self_attention/attention_output/kernel
      GROUP/attention_1/output/dense/bias transformer/self_attention/attention_output/bias
      GROUP/LayerNorm/gamma transformer/self_attention_layer_norm/gamma
      GROUP/LayerNorm/beta transformer/self_attention_layer_norm/beta
      GROUP/ffn_1/intermediate/dense/kernel transformer/intermediate/kernel
      GROUP/ffn_1/intermediate/dense/bias transformer/intermediate/bias
      GROUP/ffn_1/intermediate/output/dense/kernel transformer/output/kernel
      GROUP/ffn_1/intermediate/output/dense/bias transformer/output/bias
      GROUP/LayerNorm_1/gamma transformer/output_layer_norm/gamma
      GROUP/LayerNorm_1/beta transformer/output_layer_norm/beta
      bert/pooler/dense/kernel pooler_transform/kernel
      bert/pooler/dense/bias pooler_transform/bias
      cls/predictions/transform/dense/kernel bert/cls/predictions/transform/dense/kernel
      cls/predictions/transform/dense/bias bert/cls/predictions/transform/dense/bias
      cls/predictions/transform/LayerNorm/gamma bert/cls/predictions/transform/LayerNorm/gamma
      cls/predictions/transform/LayerNorm/beta bert/cls/predictions/transform/LayerNorm/beta
      cls/predictions/output_bias bert/cls/predictions/output_bias/bias
      """;

  @TempDir private Path temporary;
  private Path directory = Path.of("");
  private Path variables = Path.of("");

  private final LoadedModel model =
      Models.random(
          Models.tiny(ModelType.ALBERT, ParameterSharing.ALL).groups(1).build(),
          HeadKind.MASKED_LM,
          7);

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.resolve("saved"));
    variables = Files.createDirectory(directory.resolve("variables")).resolve("variables");
    Files.write(directory.resolve("saved_model.pb"), new byte[] {1});
    GoogleDirectory.write(temporary.resolve("google"), model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "module/"})
  void aModuleOfTensorFlow1IsReadByItsNames(String scope) throws IOException {
    Map<String, FloatTensor> named = new TreeMap<>();
    model.weights().forEach((name, tensor) -> named.put(scope + name, tensor));
    TensorBundleWriter.write(variables, named);
    Files.createDirectory(directory.resolve("assets"));
    configure(directory.resolve("assets"));
    Files.writeString(directory.resolve("assets/30k-clean.model"), "pieces");
    LoadedModel read = ModelDirectory.read(directory);
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.tokenizerFile()).isEqualTo(directory.resolve("assets/30k-clean.model"));
  }

  @Test
  void aModelOfTensorFlow2IsReadByItsObjectGraph() throws IOException {
    write(objects());
    configure(directory);
    LoadedModel read = ModelDirectory.read(directory);
    assertThat(read.head()).isEqualTo(model.head());
    assertThat(read.weights()).isEqualTo(model.weights());
    Files.writeString(
        directory.resolve("albert_config.json"),
        Files.readString(directory.resolve("albert_config.json"))
            .replace("\"num_attention_heads\" : 2", "\"num_attention_heads\" : 3"));
    assertRefused("its attention has 2 heads, but num_attention_heads is 3");
  }

  /** The same object graph beside a configuration, as tensorflow/models writes its checkpoints. */
  @Test
  void aCheckpointOfTensorFlow2IsReadToo() throws IOException {
    variables = directory.resolve("model.ckpt-1");
    Files.delete(directory.resolve("saved_model.pb"));
    Map<String, FloatTensor> objects = objects();
    objects.put("save_counter", FloatTensor.of(new float[] {1}));
    write(objects);
    configure(directory);
    assertThat(ModelDirectory.read(directory).weights()).isEqualTo(model.weights());
  }

  @Test
  void whatTheConfigurationHasToSayIsNamed() throws IOException {
    write(objects());
    assertRefused(
        "there is no albert_config.json beside saved_model.pb or in assets; its variables say"
            + " vocab_size 11, embedding_size 4, hidden_size 6, intermediate_size 10,"
            + " num_attention_heads 2, max_position_embeddings 8, type_vocab_size 2, but shared"
            + " weights don't show num_hidden_layers");
    TensorBundleWriter.write(variables, model.weights());
    assertRefused("intermediate_size 10, max_position_embeddings 8, type_vocab_size 2, but");
  }

  @Test
  void unknownVariablesAreNamed() throws IOException {
    Map<String, FloatTensor> objects = objects();
    objects.put("adapter/kernel", FloatTensor.of(new float[2], 2));
    objects.remove("pooler_transform/bias");
    write(objects);
    configure(directory);
    assertRefused("1 tensor missing: bert/pooler/dense/bias [6]");
    assertRefused("1 tensor left over: 'adapter/kernel' [2]");
  }

  @Test
  void aBrokenObjectGraphIsRefused() throws IOException {
    write(objects());
    configure(directory);
    Path data = directory.resolve("variables/variables.data-00000-of-00001");
    byte[] original = Files.readAllBytes(data);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      Files.write(data, Mutation.of(original, random));
      try {
        assertThat(ModelDirectory.read(directory).weights()).isEqualTo(model.weights());
      } catch (ModelFileException e) {
        assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      }
    }
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1);
  }

  private void configure(Path folder) throws IOException {
    Files.copy(
        temporary.resolve("google/albert_config.json"), folder.resolve("albert_config.json"));
  }

  /** The model's variables as tensorflow/models has them: names, and heads as a dimension. */
  private Map<String, FloatTensor> objects() {
    Map<String, FloatTensor> objects = new LinkedHashMap<>();
    NAMES
        .replace("GROUP/", GROUP)
        .lines()
        .map(line -> line.split(" "))
        .forEach(
            pair -> {
              FloatTensor tensor = requireNonNull(model.weights().get(pair[0]), pair[0]);
              objects.put(pair[1], new FloatTensor(shape(pair[1], tensor), tensor.values()));
            });
    assertThat(objects).hasSameSizeAs(model.weights());
    return objects;
  }

  private static long[] shape(String name, FloatTensor tensor) {
    if (name.matches(".*/(query|key|value)/kernel")) {
      return new long[] {6, 2, 3};
    }
    if (name.matches(".*/(query|key|value)/bias")) {
      return new long[] {2, 3};
    }
    return name.endsWith("attention_output/kernel") ? new long[] {2, 3, 6} : tensor.shape();
  }

  /** Has TensorFlow write a checkpoint with an object graph. */
  private void write(Map<String, FloatTensor> objects) {
    TrackableObjectGraph.Builder graph = TrackableObjectGraph.newBuilder();
    List<String> keys = new ArrayList<>(List.of(OBJECTS));
    objects
        .keySet()
        .forEach(
            name -> {
              keys.add("layer-" + keys.size() + VALUE);
              graph
                  .addNodesBuilder()
                  .addAttributesBuilder()
                  .setName("VARIABLE_VALUE")
                  .setFullName(name)
                  .setCheckpointKey(keys.get(keys.size() - 1));
            });
    try (Graph tensorFlow = new Graph();
        Session session = new Session(tensorFlow)) {
      Ops tf = Ops.create(tensorFlow);
      List<Operand<?>> values = new ArrayList<>();
      try (TString text =
          TString.tensorOfBytes(NdArrays.scalarOfObject(graph.build().toByteArray()))) {
        values.add(tf.constantOf(text));
      }
      objects
          .values()
          .forEach(
              tensor ->
                  values.add(
                      tf.constant(Shape.of(tensor.shape()), DataBuffers.of(tensor.values()))));
      String[] whole = new String[keys.size()];
      Arrays.fill(whole, "");
      session
          .runner()
          .addTarget(
              tf.train
                  .save(
                      tf.constant(variables.toString()),
                      tf.array(keys.toArray(String[]::new)),
                      tf.array(whole),
                      values)
                  .op())
          .run();
    }
  }
}
