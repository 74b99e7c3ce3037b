package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.io.ModelVariable.Part;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.WholeFile;
import albert.model.io.tensorbundle.TensorBundleWriter;
import albert.model.tensor.FloatTensor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a directory of Google's kind: checkpoint, tokenizer and, last, the configuration. */
final class GoogleWriter {
  private static final String PREFIX = "model.ckpt-best";
  private static final double GOOGLES_EPSILON = 1e-12;

  private final Path directory;
  private final LoadedModel model;
  private final EncoderConfig config;
  private final TensorTable.Layout layout;
  private final List<String> notes = new ArrayList<>();

  GoogleWriter(Path directory, LoadedModel model) {
    this.directory = directory;
    this.model = LayerDeltas.folded(model);
    config = this.model.config();
    layout = TensorTable.Layout.of(config);
    if (!config.equals(model.config())) {
      notes.add(
          "published code can't say what a layer adds to weights that it shares (layer_delta_rank):"
              + " each layer was written out with both in one");
    }
    notes.addAll(layout.losses(config));
  }

  List<String> write() throws IOException {
    WeightWriter.requirePublishable(model, Path.of(GoogleDirectory.configName(layout.type())));
    Map<String, FloatTensor> variables = variables();
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(json());
    Files.createDirectories(directory);
    TensorBundleWriter.write(directory.resolve(PREFIX), variables);
    put(
        "checkpoint",
        String.format(Locale.ROOT, "model_checkpoint_path: \"%s\"\n", PREFIX)
            .getBytes(StandardCharsets.UTF_8));
    Path tokenizer = model.tokenizerFile();
    if (tokenizer != null) {
      TokenizerFiles.copy(tokenizer, directory);
    }
    put(GoogleDirectory.configName(layout.type()), json);
    return List.copyOf(notes);
  }

  private void put(String name, byte[] content) throws IOException {
    WholeFile.write(directory.resolve(name), content);
  }

  private Map<String, FloatTensor> variables() {
    TensorTable table = TensorTable.google(config, model.head(), model.hasPooler(), layout);
    WeightWriter.checkComplete(model, table);
    Map<String, FloatTensor> variables = new LinkedHashMap<>();
    for (TensorTable.Row row : table.rows()) {
      variables.put(row.tensor(), WeightWriter.variable(model, row));
    }
    if (config.hasEmbeddingProjection() && config.embeddingSize() == config.hiddenSize()) {
      dropIdentity(variables);
    }
    return variables;
  }

  /** Google's code has no projection where E = H, so only one that does nothing can go. */
  private void dropIdentity(Map<String, FloatTensor> variables) {
    for (ModelVariable variable : Part.PROJECTION.variables()) {
      FloatTensor tensor = variables.remove(variable.variableName());
      if (tensor != null && !isIdentityOrZero(tensor)) {
        throw new ModelFileException(
            Path.of(GoogleDirectory.configName(ModelType.ALBERT)),
            String.format(
                Locale.ROOT,
                "the model projects embeddings of size %d to %d, which Google's code does only"
                    + " between different sizes",
                config.embeddingSize(),
                config.hiddenSize()));
      }
    }
    notes.add("the projection of the embeddings, the identity, was left out");
  }

  private static boolean isIdentityOrZero(FloatTensor tensor) {
    boolean matrix = tensor.shape().length == 2;
    int size = (int) tensor.shape()[0];
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.values()[i] != (matrix && i / size == i % size ? 1f : 0f)) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Object> json() {
    Map<String, Object> json = publishedJson();
    if (config.hiddenAct() == HiddenAct.GELU) {
      json.put(PublishedConfig.EXACT_GELU, true);
      notes.add(
          "Google's code has no exact gelu and will compute the tanh approximation; the suite reads"
              + " exact_gelu");
    }
    if (config.layerNormEps() != GOOGLES_EPSILON) {
      json.put("layer_norm_eps", config.layerNormEps());
      notes.add(
          String.format(
              Locale.ROOT,
              "Google's code has layer norm's epsilon fixed at 1e-12 and will not use %s; the suite"
                  + " reads layer_norm_eps",
              config.layerNormEps()));
    }
    if (!model.head().tied()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Google's code ties the decoder of a masked LM to the word embeddings and will not"
                  + " use %s; the suite reads it",
              ModelVariable.DECODER_WEIGHTS.variableName()));
    }
    if (model.head().kind() != HeadKind.NONE) {
      json.put(GoogleDirectory.HEAD, model.head().kind().name().toLowerCase(Locale.ROOT));
    }
    if (!model.head().labels().isEmpty()) {
      json.put(GoogleDirectory.LABELS, model.head().labels());
    }
    if (!model.head().tags().isEmpty()) {
      json.put(GoogleDirectory.TAGS, model.head().tags());
    }
    return json;
  }

  /** The configuration as the published code writes it. */
  private Map<String, Object> publishedJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    boolean albert = layout.type() == ModelType.ALBERT;
    json.put("attention_probs_dropout_prob", config.attentionProbsDropoutProb());
    json.put(
        "hidden_act",
        switch (config.hiddenAct()) {
          case GELU, GELU_NEW -> "gelu";
          case RELU -> "relu";
        });
    json.put("hidden_dropout_prob", config.hiddenDropoutProb());
    if (albert) {
      json.put("embedding_size", config.embeddingSize());
      json.put("num_hidden_groups", layout.groups());
      json.put("inner_group_num", config.innerGroupNum());
    }
    json.put("hidden_size", config.hiddenSize());
    json.put("initializer_range", config.initializerRange());
    json.put("intermediate_size", config.intermediateSize());
    json.put("max_position_embeddings", config.maxPositionEmbeddings());
    json.put("num_attention_heads", config.numAttentionHeads());
    json.put("num_hidden_layers", albert ? config.numHiddenLayers() : config.blocksApplied());
    json.put("type_vocab_size", config.typeVocabSize());
    json.put("vocab_size", config.vocabSize());
    return json;
  }
}
