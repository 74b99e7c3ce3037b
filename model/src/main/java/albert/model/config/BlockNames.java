package albert.model.config;

import java.util.Locale;

/**
 * Names of one transformer block's variables, as in the published checkpoints. Dense layers have
 * {@code /kernel} and {@code /bias} below their name, layer norms {@code /gamma} and {@code /beta}.
 *
 * <p>Attention and feed-forward network are numbered separately, since either can be shared alone;
 * where both have one numbering the names are exactly google-research/albert's or
 * google-research/bert's. Those know no sharing of one part, and BERT no inner groups: a BERT block
 * beyond the first of a layer has {@code inner_group_N} in its name.
 *
 * @param query dense layer of the queries
 * @param key dense layer of the keys
 * @param value dense layer of the values
 * @param attentionOutput dense layer after the heads
 * @param attentionLayerNorm layer norm after attention
 * @param intermediate dense layer H to I
 * @param output dense layer I to H
 * @param outputLayerNorm layer norm after the feed-forward network
 */
public record BlockNames(
    String query,
    String key,
    String value,
    String attentionOutput,
    String attentionLayerNorm,
    String intermediate,
    String output,
    String outputLayerNorm) {

  /**
   * The names of a block.
   *
   * @param attentionSet number of its set of attention weights
   * @param ffnSet number of its set of feed-forward weights
   * @param inner number of the block inside its layer
   */
  public static BlockNames of(ModelType type, int attentionSet, int ffnSet, int inner) {
    return switch (type) {
      case ALBERT -> albert(attentionSet, ffnSet, inner);
      case BERT -> bert(attentionSet, ffnSet, inner);
    };
  }

  private static BlockNames albert(int attentionSet, int ffnSet, int inner) {
    String block = "bert/encoder/transformer/group_%d/inner_group_%d";
    String attention = String.format(Locale.ROOT, block, attentionSet, inner);
    String ffn = String.format(Locale.ROOT, block, ffnSet, inner);
    return new BlockNames(
        attention + "/attention_1/self/query",
        attention + "/attention_1/self/key",
        attention + "/attention_1/self/value",
        attention + "/attention_1/output/dense",
        attention + "/LayerNorm",
        ffn + "/ffn_1/intermediate/dense",
        ffn + "/ffn_1/intermediate/output/dense",
        ffn + "/LayerNorm_1");
  }

  private static BlockNames bert(int attentionSet, int ffnSet, int inner) {
    String suffix = inner == 0 ? "" : "/inner_group_" + inner;
    String attention = "bert/encoder/layer_" + attentionSet + suffix;
    String ffn = "bert/encoder/layer_" + ffnSet + suffix;
    return new BlockNames(
        attention + "/attention/self/query",
        attention + "/attention/self/key",
        attention + "/attention/self/value",
        attention + "/attention/output/dense",
        attention + "/attention/output/LayerNorm",
        ffn + "/intermediate/dense",
        ffn + "/output/dense",
        ffn + "/output/LayerNorm");
  }
}
