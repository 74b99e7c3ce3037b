package albert.model.io;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.config.Range;
import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an encoder's configuration as Hugging Face ({@code configuration_albert.py}, {@code
 * configuration_bert.py}) and Google ({@code modeling.py} of google-research/albert and
 * google-research/bert) write it. Absent keys have the writers' defaults.
 *
 * <p>Keys that do not change the computation are accepted. Those that do, and are not supported,
 * are refused by name; a key that is not known is taken for such a one if its name speaks of the
 * architecture and its value is not null, false, 0 or empty.
 */
final class PublishedConfig {
  /** Whose code the file is for. */
  enum Writer {
    /** transformers: {@code gelu} is exact, an ALBERT always has the embedding projection. */
    HUGGING_FACE,
    /**
     * The published TensorFlow code, for ALBERT and BERT alike: {@code gelu} is the tanh
     * approximation (both files' function of that name), layer norm's epsilon is 1e-12.
     */
    GOOGLE
  }

  /** Google's files have no word for the exact gelu; ours add this key, which its code ignores. */
  static final String EXACT_GELU = "exact_gelu";

  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("position_embedding_type", Set.of("\"absolute\"")),
          Map.entry("is_decoder", Set.of("false")),
          Map.entry("is_encoder_decoder", Set.of("false")),
          Map.entry("add_cross_attention", Set.of("false")),
          Map.entry("pruned_heads", Set.of("{}")),
          Map.entry("net_structure_type", Set.of("0")),
          Map.entry("gap_size", Set.of("0")),
          Map.entry("num_memory_blocks", Set.of("0")));
  private static final Set<String> ALBERT_ONLY =
      Set.of("embedding_size", "num_hidden_groups", "inner_group_num", "classifier_dropout_prob");
  private static final Set<String> HARMLESS =
      Set.of(
          "attention_probs_dropout_prob",
          "hidden_dropout_prob",
          "classifier_dropout",
          "hidden_act",
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "max_position_embeddings",
          "layer_norm_eps",
          "tie_word_embeddings", // checked against the weights
          "output_attentions",
          "attn_implementation",
          "_attn_implementation",
          "_attn_implementation_autoset",
          "_attn_implementation_internal",
          "pooler_num_attention_heads", // in BERT's multilingual files, read by no code
          "pooler_num_fc_layers",
          "down_scale_factor",
          EXACT_GELU);
  private static final Pattern ARCHITECTURE =
      Pattern.compile(
          "relative|rotary|rope|alibi|expert|adapter|lora|quant|prun|norm|attention|attn|position"
              + "|scal|bias|conv|window|sparse|mixture|prefix|glu|embed|layer|activation|residual"
              + "|cross|decoder|memory");
  private static final Set<String> NEUTRAL =
      Set.of("null", "false", "0", "0.0", "\"\"", "[]", "{}", "\"none\"");

  private final JsonObject json;
  private final ModelType type;
  private final Writer writer;

  private PublishedConfig(JsonObject json, ModelType type, Writer writer) {
    this.json = json;
    this.type = type;
    this.writer = writer;
  }

  /**
   * Reads it.
   *
   * @throws ModelFileException naming file, key, value and what is allowed
   */
  static EncoderConfig read(JsonObject json, ModelType type, Writer writer) {
    return new PublishedConfig(json, type, writer).read();
  }

  private EncoderConfig read() {
    json.entries().forEach(entry -> checkKey(entry.getKey(), entry.getValue()));
    boolean albert = type == ModelType.ALBERT;
    int hidden = json.integer("hidden_size", albert ? 4096 : 768);
    int layers = json.integer("num_hidden_layers", 12);
    int groups = albert ? json.integer("num_hidden_groups", 1) : layers;
    boolean shared = groups != layers || (layers == 1 && albert);
    double dropout = json.number("hidden_dropout_prob", albert ? 0 : 0.1);
    try {
      return EncoderConfig.builder()
          .modelType(type)
          .vocabSize(json.integer("vocab_size", albert ? 30_000 : 30_522))
          .embeddingSize(albert ? json.integer("embedding_size", 128) : hidden)
          .hiddenSize(hidden)
          .numHiddenLayers(layers)
          .sharing(shared ? ParameterSharing.ALL : ParameterSharing.NONE)
          .groups(shared ? positive("num_hidden_groups", 1) : 1)
          .innerGroupNum(albert ? json.integer("inner_group_num", 1) : 1)
          .numAttentionHeads(positive("num_attention_heads", albert ? 64 : 12))
          .intermediateSize(positive("intermediate_size", albert ? 16_384 : 3072))
          .hiddenAct(hiddenAct())
          .hiddenDropoutProb(dropout)
          .attentionProbsDropoutProb(json.number("attention_probs_dropout_prob", albert ? 0 : 0.1))
          .classifierDropoutProb(classifierDropout(dropout))
          .maxPositionEmbeddings(json.integer("max_position_embeddings", 512))
          .typeVocabSize(json.integer("type_vocab_size", 2))
          .initializerRange(json.number("initializer_range", 0.02))
          .layerNormEps(json.number("layer_norm_eps", 1e-12))
          .ffnOutputDropout(!albert || writer == Writer.GOOGLE)
          .projectEqualSizes(albert && writer == Writer.HUGGING_FACE)
          .paddingIdx(writer == Writer.HUGGING_FACE ? json.integer("pad_token_id", 0) : -1)
          .build();
    } catch (ConfigException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  private double classifierDropout(double hiddenDropout) {
    if (writer == Writer.GOOGLE) {
      return 0.1; // a constant of run_classifier.py
    }
    return type == ModelType.ALBERT
        ? json.number("classifier_dropout_prob", 0.1)
        : json.number("classifier_dropout", hiddenDropout);
  }

  private HiddenAct hiddenAct() {
    String name = json.text("hidden_act").orElse(type == ModelType.ALBERT ? "gelu_new" : "gelu");
    boolean tanh = writer == Writer.GOOGLE && !json.flag(EXACT_GELU, false);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gelu" -> tanh ? HiddenAct.GELU_NEW : HiddenAct.GELU;
      case "gelu_new", "gelu_pytorch_tanh" -> HiddenAct.GELU_NEW;
      case "relu" -> HiddenAct.RELU;
      default ->
          throw new ModelFileException(
              json.file(),
              String.format(
                  Locale.ROOT,
                  "hidden_act is %s, allowed are gelu, gelu_new, gelu_pytorch_tanh and relu",
                  ModelFileException.quote(name)));
    };
  }

  /** The builder takes 0 for "not set", and division comes before its checks. */
  private int positive(String key, int otherwise) {
    int value = json.integer(key, otherwise);
    Range.atLeast(key, value, 1);
    return value;
  }

  private void checkKey(String key, JsonNode value) {
    String text = value.toString();
    if (ALLOWED.containsKey(key)) {
      if (!value.isNull() && !ALLOWED.get(key).contains(text)) {
        throw JsonObject.problem(json.file(), key, value, String.join(", ", ALLOWED.get(key)));
      }
    } else if (ALBERT_ONLY.contains(key)) {
      checkAlbertKey(key, value);
    } else if (!HARMLESS.contains(key)
        && ARCHITECTURE.matcher(key.toLowerCase(Locale.ROOT)).find()
        && !NEUTRAL.contains(text)) {
      throw new ModelFileException(
          json.file(),
          String.format(
              Locale.ROOT,
              "%s is %s: this changes the computation in a way that is not supported, allowed is its absence",
              ModelFileException.quote(key),
              ModelFileException.quote(text)));
    }
  }

  private void checkAlbertKey(String key, JsonNode value) {
    if (type == ModelType.ALBERT || key.equals("classifier_dropout_prob")) {
      return;
    }
    String allowed =
        switch (key) {
          case "embedding_size" -> String.valueOf(json.integer("hidden_size", 768));
          case "num_hidden_groups" -> String.valueOf(json.integer("num_hidden_layers", 12));
          default -> "1";
        };
    if (!value.isNull() && !value.toString().equals(allowed)) {
      throw JsonObject.problem(json.file(), key, value, allowed + " in a BERT");
    }
  }
}
