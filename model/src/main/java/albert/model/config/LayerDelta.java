package albert.model.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a layer adds of its own to a kernel that it shares with others: a product A B of rank r,
 * with r far below the kernel's widths (relaxed recursive transformers, arXiv 2410.20672; LoRA,
 * arXiv 2106.09685). Only kernels of a half that is shared have one; biases and layer norms are
 * shared as they are.
 */
public enum LayerDelta {
  /** To the queries' kernel. */
  QUERY(true),
  /** To the keys' kernel. */
  KEY(true),
  /** To the values' kernel. */
  VALUE(true),
  /** To the kernel after the heads. */
  ATTENTION_OUTPUT(true),
  /** To the first kernel of the feed-forward network. */
  INTERMEDIATE(false),
  /** To its second kernel. */
  OUTPUT(false);

  /** Below a delta's name: A, float32 [in, r]. */
  public static final String A = "/lora_a";

  /** Below a delta's name: B, float32 [r, out]. */
  public static final String B = "/lora_b";

  private final boolean isAttention;

  LayerDelta(boolean isAttention) {
    this.isAttention = isAttention;
  }

  /** Those that every layer of a model has. */
  public static List<LayerDelta> of(EncoderConfig config) {
    return Arrays.stream(values()).filter(delta -> delta.isIn(config)).toList();
  }

  /** Whether every layer of a model has one. */
  public boolean isIn(EncoderConfig config) {
    ParameterSharing sharing = config.sharing();
    return config.layerDeltaRank() > 0
        && (isAttention ? sharing.sharesAttention() : sharing.sharesFfn());
  }

  /** Whether it belongs to the attention half, otherwise to the feed-forward half. */
  public boolean isAttention() {
    return isAttention;
  }

  /**
   * Its name; {@link #A} and {@link #B} stand below it.
   *
   * @param layer which layer, from 0
   * @param inner which block of the layer, from 0
   */
  public String name(int layer, int inner) {
    return String.format(
        Locale.ROOT,
        "bert/encoder/layer_delta_%d/inner_group_%d/%s",
        layer,
        inner,
        name().toLowerCase(Locale.ROOT));
  }

  /** Rows of the kernel. */
  public int in(EncoderConfig config) {
    return this == OUTPUT ? config.intermediateSize() : config.hiddenSize();
  }

  /** Columns of the kernel. */
  public int out(EncoderConfig config) {
    return this == INTERMEDIATE ? config.intermediateSize() : config.hiddenSize();
  }

  /** Numbers in A and B of one layer and block, r (in + out). */
  long parameters(EncoderConfig config) {
    return (long) config.layerDeltaRank() * (in(config) + out(config));
  }
}
