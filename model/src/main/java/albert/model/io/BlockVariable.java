package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import java.util.List;
import java.util.Locale;

/**
 * The variables of a block: attention with its output and layer norm, feed-forward network with its
 * layer norm. Names are those of google-research/albert under {@code
 * bert/encoder/transformer/group_G/inner_group_N/} and of google-research/bert under {@code
 * bert/encoder/layer_L/}.
 *
 * <p>Differs from the published code: where attention and feed-forward network are shared
 * differently, G and L are the number of the set of weights ({@link
 * albert.model.config.LayerMapping}) of that half; a BERT block beyond the first of an inner group,
 * which Google has not, has {@code inner_group_N/} behind {@code layer_L/}.
 */
public enum BlockVariable {
  /** Queries. */
  QUERY_KERNEL(
      "attention_1/self/query/kernel",
      "attention/self/query/kernel",
      "attention.query.weight",
      "attention.self.query.weight",
      Width.H,
      Width.H),
  /** Queries' bias. */
  QUERY_BIAS(
      "attention_1/self/query/bias",
      "attention/self/query/bias",
      "attention.query.bias",
      "attention.self.query.bias",
      Width.H),
  /** Keys. */
  KEY_KERNEL(
      "attention_1/self/key/kernel",
      "attention/self/key/kernel",
      "attention.key.weight",
      "attention.self.key.weight",
      Width.H,
      Width.H),
  /** Keys' bias. */
  KEY_BIAS(
      "attention_1/self/key/bias",
      "attention/self/key/bias",
      "attention.key.bias",
      "attention.self.key.bias",
      Width.H),
  /** Values. */
  VALUE_KERNEL(
      "attention_1/self/value/kernel",
      "attention/self/value/kernel",
      "attention.value.weight",
      "attention.self.value.weight",
      Width.H,
      Width.H),
  /** Values' bias. */
  VALUE_BIAS(
      "attention_1/self/value/bias",
      "attention/self/value/bias",
      "attention.value.bias",
      "attention.self.value.bias",
      Width.H),
  /** Attention's output. */
  ATTENTION_OUTPUT_KERNEL(
      "attention_1/output/dense/kernel",
      "attention/output/dense/kernel",
      "attention.dense.weight",
      "attention.output.dense.weight",
      Width.H,
      Width.H),
  /** Attention's output, bias. */
  ATTENTION_OUTPUT_BIAS(
      "attention_1/output/dense/bias",
      "attention/output/dense/bias",
      "attention.dense.bias",
      "attention.output.dense.bias",
      Width.H),
  /** Layer norm after attention, scale. */
  ATTENTION_GAMMA(
      "LayerNorm/gamma",
      "attention/output/LayerNorm/gamma",
      "attention.LayerNorm.weight",
      "attention.output.LayerNorm.weight",
      Width.H),
  /** Layer norm after attention, offset. */
  ATTENTION_BETA(
      "LayerNorm/beta",
      "attention/output/LayerNorm/beta",
      "attention.LayerNorm.bias",
      "attention.output.LayerNorm.bias",
      Width.H),
  /** Feed-forward network, first layer. */
  FFN_KERNEL(
      "ffn_1/intermediate/dense/kernel",
      "intermediate/dense/kernel",
      "ffn.weight",
      "intermediate.dense.weight",
      Width.H,
      Width.I),
  /** Feed-forward network, first layer, bias. */
  FFN_BIAS(
      "ffn_1/intermediate/dense/bias",
      "intermediate/dense/bias",
      "ffn.bias",
      "intermediate.dense.bias",
      Width.I),
  /** Feed-forward network, second layer. */
  FFN_OUTPUT_KERNEL(
      "ffn_1/intermediate/output/dense/kernel",
      "output/dense/kernel",
      "ffn_output.weight",
      "output.dense.weight",
      Width.I,
      Width.H),
  /** Feed-forward network, second layer, bias. */
  FFN_OUTPUT_BIAS(
      "ffn_1/intermediate/output/dense/bias",
      "output/dense/bias",
      "ffn_output.bias",
      "output.dense.bias",
      Width.H),
  /** Layer norm after the feed-forward network, scale. */
  FFN_GAMMA(
      "LayerNorm_1/gamma",
      "output/LayerNorm/gamma",
      "full_layer_layer_norm.weight",
      "output.LayerNorm.weight",
      Width.H),
  /** Layer norm after the feed-forward network, offset. */
  FFN_BETA(
      "LayerNorm_1/beta",
      "output/LayerNorm/beta",
      "full_layer_layer_norm.bias",
      "output.LayerNorm.bias",
      Width.H);

  private final String albert;
  private final String bert;
  private final String huggingFaceAlbert;
  private final String huggingFaceBert;
  private final List<Width> widths;

  BlockVariable(
      String albert,
      String bert,
      String huggingFaceAlbert,
      String huggingFaceBert,
      Width... widths) {
    this.albert = albert;
    this.bert = bert;
    this.huggingFaceAlbert = huggingFaceAlbert;
    this.huggingFaceBert = huggingFaceBert;
    this.widths = List.of(widths);
  }

  /** Whether it belongs to the attention half, otherwise to the feed-forward half. */
  public boolean isAttention() {
    return compareTo(ATTENTION_BETA) <= 0;
  }

  /**
   * The name by which the suite knows it.
   *
   * @param set the set of weights of its half
   * @param inner which block of the inner group, from 0
   */
  public String variableName(ModelType type, int set, int inner) {
    return switch (type) {
      case ALBERT ->
          String.format(
              Locale.ROOT,
              "bert/encoder/transformer/group_%d/inner_group_%d/%s",
              set,
              inner,
              albert);
      case BERT ->
          String.format(
              Locale.ROOT,
              "bert/encoder/layer_%d/%s%s",
              set,
              inner == 0 ? "" : String.format(Locale.ROOT, "inner_group_%d/", inner),
              bert);
    };
  }

  /** Its shape, float32. */
  public long[] shape(EncoderConfig config) {
    return widths.stream().mapToLong(width -> width.in(config, HeadDescription.NONE)).toArray();
  }

  /** Hugging Face's name in a layer group or a layer, without the encoder's prefix. */
  String huggingFaceName(ModelType type, int number, int inner) {
    return switch (type) {
      case ALBERT ->
          String.format(
              Locale.ROOT,
              "encoder.albert_layer_groups.%d.albert_layers.%d.%s",
              number,
              inner,
              huggingFaceAlbert);
      case BERT -> String.format(Locale.ROOT, "encoder.layer.%d.%s", number, huggingFaceBert);
    };
  }

  /** Whether PyTorch holds it as [out, in]: the kernels of dense layers. */
  boolean isTransposed() {
    return albert.endsWith("/kernel");
  }
}
