package albert.model.runtime;

import albert.model.graph.GraphRewrite;
import albert.model.graph.Subgraph;
import albert.model.graph.VariableStore;
import albert.model.head.Labels;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.SavedModelDirectory;
import albert.model.io.file.WholeFile;
import albert.model.io.tensorbundle.TensorBundleWriter;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TString;

/**
 * Writes TensorFlow's SavedModel: {@code saved_model.pb} with the graph and its signatures, {@code
 * variables/} with the weights, {@code assets.extra/} with a description of the model, from which
 * it can be read again, and the tokenizer's files. Python's TensorFlow, TensorFlow Serving and
 * TensorFlow-Java load it. (TensorFlow-Java's own exporter leaves resource variables out.)
 *
 * <p>The signature {@value #SIGNATURE} takes int32 [batch, seq] {@code input_ids}, {@code
 * attention_mask} and {@code token_type_ids} and gives {@code sequence_output}, {@code
 * pooled_output} where there is a pooler, and what the head computes: {@code logits} and {@code
 * probabilities}; {@code predictions} of a regression, and for multiple choice the score of each
 * sequence; {@code start_logits} and {@code end_logits}, or the beam of ALBERT's span head as
 * {@link albert.model.head.AlbertSpanHead} names it; {@code token_logits}; {@code
 * sentence_order_logits} or {@code next_sentence_logits}. A masked LM has the signature {@value
 * #MASKED_LM} too, which takes {@code masked_lm_positions} int32 [batch, predictions] besides and
 * gives {@code masked_lm_logits} float32 [batch · predictions, V].
 */
public final class SavedModels {
  /** The signature of encoder and head. */
  public static final String SIGNATURE = "serving_default";

  /** The signature of a masked LM. */
  public static final String MASKED_LM = "masked_lm";

  /** The tag under which the graph is loaded. */
  public static final String TAG = "serve";

  private static final String PREFIX = "saver.prefix";
  private static final String SAVE = "saver.save";
  private static final String SAVED = "saver.saved";
  private static final String RESTORE = "saver.restore";

  private SavedModels() {}

  /**
   * Writes a model, creating the directory. The graph comes last, so a directory with one is
   * complete.
   *
   * @throws IOException if it can't be written
   */
  public static void write(Path directory, LoadedModel model) throws IOException {
    List<ServingSignature> signatures = ServingSignature.of(model);
    MetaGraphDef.Builder graph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags(TAG)
                    .setTensorflowVersion(TensorFlow.version()))
            .setGraphDef(graph(model, signatures))
            .setSaverDef(
                SaverDef.newBuilder()
                    .setFilenameTensorName(PREFIX + ":0")
                    .setSaveTensorName(SAVED + ":0")
                    .setRestoreOpName(RESTORE)
                    .setVersion(SaverDef.CheckpointFormatVersion.V2));
    signatures.forEach(
        signature -> graph.putSignatureDef(signature.name(), signature.definition()));
    String name = SavedModelDirectory.VARIABLES;
    Path variables = Files.createDirectories(directory.resolve(name));
    TensorBundleWriter.write(variables.resolve(name), model.weights());
    CheckpointDirectory.describe(directory.resolve(SavedModelDirectory.EXTRA), model);
    WholeFile.write(
        directory.resolve(SavedModelDirectory.GRAPH),
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(1)
            .addMetaGraphs(graph)
            .build()
            .toByteArray());
  }

  private static GraphDef graph(LoadedModel model, List<ServingSignature> signatures) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VariableStore store = new VariableStore(tf);
      Outputs.build(
          Building.inference(tf, model.config(), store),
          EncoderInputs.placeholders(tf),
          ServingSignature.heads(model),
          new Labels(tf),
          model.hasPooler(),
          true);
      checkWeights(store.variables(), model.weights());
      addSaver(tf, List.copyOf(store.variables().values()));
      List<String> roots = new ArrayList<>(List.of(SAVED, RESTORE));
      for (ServingSignature signature : signatures) {
        roots.addAll(signature.inputs());
        signature
            .outputs()
            .keySet()
            .forEach(output -> roots.add(Outputs.tensor(output).replace(":0", "")));
      }
      return Subgraph.of(GraphRewrite.apply(graph.toGraphDef()), roots);
    }
  }

  private static void addSaver(Ops tf, List<VariableStore.Variable> variables) {
    Operand<TString> prefix =
        tf.withName(PREFIX).placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<Operand<?>> values = new ArrayList<>();
    variables.forEach(variable -> values.add(variable.read()));
    var save =
        tf.withName(SAVE)
            .train
            .save(
                prefix,
                Checkpoint.strings(
                    tf, variables.stream().map(VariableStore.Variable::name).toList()),
                Checkpoint.whole(tf, variables.size()),
                values);
    tf.withControlDependencies(List.of(save)).withName(SAVED).identity(prefix);
    tf.withControlDependencies(Checkpoint.restored(tf, prefix, variables)).withName(RESTORE).noOp();
  }

  /** The graph's variables are the model's weights, all of them. */
  private static void checkWeights(
      Map<String, VariableStore.Variable> variables, Map<String, FloatTensor> weights) {
    Set<String> unlike = new TreeSet<>(weights.keySet());
    unlike.addAll(variables.keySet());
    unlike.removeIf(
        name -> {
          FloatTensor weight = weights.get(name);
          VariableStore.Variable variable = variables.get(name);
          return weight != null
              && variable != null
              && Arrays.equals(weight.shape(), variable.shape().asArray());
        });
    if (!unlike.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the configuration and the weights differ in these: %s", unlike));
    }
  }
}
