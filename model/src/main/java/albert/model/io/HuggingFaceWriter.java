package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.WholeFile;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a Hugging Face directory. What transformers' models can't say is written in another way
 * that computes the same: a factorised BERT as an ALBERT, sharing of one half of a layer as layers
 * of their own, an ALBERT without projection as one whose projection is the identity. ALBERT's span
 * head and that of sentences, which transformers does not have, are refused.
 */
final class HuggingFaceWriter {
  private final Path directory;
  private final LoadedModel model;
  private final EncoderConfig config;
  private final TensorTable.Layout layout;
  private final ModelType type;
  private final List<String> notes = new ArrayList<>();

  HuggingFaceWriter(Path directory, LoadedModel model) {
    this.directory = directory;
    this.model = LayerDeltas.folded(model);
    config = this.model.config();
    layout = TensorTable.Layout.of(config);
    if (!config.equals(model.config())) {
      notes.add(
          "published code can't say what a layer adds to weights that it shares (layer_delta_rank):"
              + " each layer was written out with both in one");
    }
    type = layout.type();
    notes.addAll(layout.losses(config));
  }

  List<String> write() throws IOException {
    refuse(
        HeadKind.CONDITIONAL_SPAN,
        "the model has ALBERT's span head, which transformers does not have; tf-checkpoint and"
            + " saved-model can say it, and so can hf of a model with span_head bert");
    refuse(
        HeadKind.SENTENCE_SCORING,
        "the model scores sentences, for which transformers has no head; tf-checkpoint and"
            + " saved-model can say it");
    refuse(
        HeadKind.JOINT_CLASSIFICATION,
        "the model has a joint head, for the class of a sequence and the tags of its words, which"
            + " transformers does not have; tf-checkpoint and saved-model can say it");
    WeightWriter.requirePublishable(model, Path.of(HuggingFaceDirectory.CONFIG));
    Files.createDirectories(directory);
    Map<String, FloatTensor> tensors = tensors();
    Safetensors.write(directory.resolve(WeightFiles.SAFETENSORS), tensors, Map.of("format", "pt"));
    Path tokenizer = model.tokenizerFile();
    if (tokenizer != null) {
      TokenizerFiles.copy(tokenizer, directory);
    }
    byte[] json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(json());
    WholeFile.write(directory.resolve(HuggingFaceDirectory.CONFIG), json);
    return List.copyOf(notes);
  }

  private void refuse(HeadKind kind, String reason) {
    if (model.head().kind() == kind) {
      throw new ModelFileException(Path.of(HuggingFaceDirectory.CONFIG), reason);
    }
  }

  private Map<String, FloatTensor> tensors() {
    String prefix =
        model.head().kind() == HeadKind.NONE ? "" : type == ModelType.ALBERT ? "albert." : "bert.";
    TensorTable table =
        TensorTable.huggingFace(config, model.head(), model.hasPooler(), layout, prefix);
    WeightWriter.checkComplete(model, table);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    Map<String, FloatTensor> written = new HashMap<>();
    for (TensorTable.Row row : table.rows()) {
      FloatTensor tensor = WeightWriter.variable(model, row);
      tensors.put(
          row.tensor(),
          row.transposed()
              ? written.computeIfAbsent(row.variable(), name -> tensor.transposed())
              : tensor);
    }
    if (!model.head().tied()) {
      addDecoderBias(tensors);
    }
    if (type == ModelType.ALBERT && !config.hasEmbeddingProjection()) {
      addIdentityProjection(prefix, tensors);
    }
    return tensors;
  }

  /** transformers has the bias twice, and computes with the decoder's. */
  private void addDecoderBias(Map<String, FloatTensor> tensors) {
    tensors.put(
        HuggingFaceDecoder.biasOf(ModelVariable.DECODER_WEIGHTS.huggingFaceName(type)),
        Objects.requireNonNull(tensors.get(ModelVariable.DECODER_BIAS.huggingFaceName(type))));
  }

  private void addIdentityProjection(String prefix, Map<String, FloatTensor> tensors) {
    int hidden = config.hiddenSize();
    float[] identity = new float[Math.multiplyExact(hidden, hidden)];
    for (int i = 0; i < hidden; i++) {
      identity[i * hidden + i] = 1;
    }
    tensors.put(
        prefix + ModelVariable.PROJECTION_KERNEL.huggingFaceName(type),
        FloatTensor.of(identity, hidden, hidden));
    tensors.put(
        prefix + ModelVariable.PROJECTION_BIAS.huggingFaceName(type),
        FloatTensor.of(new float[hidden], hidden));
    notes.add(
        "Hugging Face's ALBERT always projects the embeddings: the identity was written as the"
            + " projection");
  }

  private Map<String, Object> json() {
    boolean albert = type == ModelType.ALBERT;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "architectures",
        List.of((albert ? "Albert" : "Bert") + model.head().kind().architectureSuffix()));
    json.put("model_type", albert ? "albert" : "bert");
    json.put("vocab_size", config.vocabSize());
    if (albert) {
      json.put("embedding_size", config.embeddingSize());
      json.put("num_hidden_groups", layout.groups());
      json.put("inner_group_num", config.innerGroupNum());
    }
    json.put("hidden_size", config.hiddenSize());
    json.put("num_hidden_layers", albert ? config.numHiddenLayers() : config.blocksApplied());
    json.put("num_attention_heads", config.numAttentionHeads());
    json.put("intermediate_size", config.intermediateSize());
    json.put("hidden_act", hiddenAct());
    json.put("hidden_dropout_prob", config.hiddenDropoutProb());
    json.put("attention_probs_dropout_prob", config.attentionProbsDropoutProb());
    json.put(
        albert ? "classifier_dropout_prob" : "classifier_dropout", config.classifierDropoutProb());
    json.put("max_position_embeddings", config.maxPositionEmbeddings());
    json.put("type_vocab_size", config.typeVocabSize());
    json.put("initializer_range", config.initializerRange());
    json.put("layer_norm_eps", config.layerNormEps());
    if (config.paddingIdx() >= 0) {
      json.put("pad_token_id", config.paddingIdx());
    }
    json.put("tie_word_embeddings", model.head().tied());
    json.put("torch_dtype", "float32");
    putLabels(json);
    return json;
  }

  private void putLabels(Map<String, Object> json) {
    List<String> labels =
        model.head().kind() == HeadKind.REGRESSION ? List.of("LABEL_0") : model.head().labels();
    if (labels.isEmpty()) {
      return;
    }
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < labels.size(); id++) {
      names.put(String.valueOf(id), labels.get(id));
      ids.put(labels.get(id), id);
    }
    json.put("id2label", names);
    json.put("label2id", ids);
    if (model.head().kind() != HeadKind.TOKEN_CLASSIFICATION) {
      json.put(
          "problem_type",
          switch (model.head().kind()) {
            case REGRESSION -> "regression";
            case MULTI_LABEL_CLASSIFICATION -> "multi_label_classification";
            default -> "single_label_classification";
          });
    }
  }

  private String hiddenAct() {
    return switch (config.hiddenAct()) {
      case GELU -> "gelu";
      case GELU_NEW -> "gelu_new";
      case RELU -> "relu";
    };
  }
}
