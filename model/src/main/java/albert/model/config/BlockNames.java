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
    DenseName query,
    DenseName key,
    DenseName value,
    DenseName attentionOutput,
    String attentionLayerNorm,
    DenseName intermediate,
    DenseName output,
    String outputLayerNorm) {

  /**
   * The names of a block.
   *
   * @param layer which layer, from 0
   * @param inner number of the block inside its layer
   */
  public static BlockNames of(EncoderConfig config, int layer, int inner) {
    LayerMapping mapping = LayerMapping.of(config);
    int attention = mapping.attention().get(layer);
    int ffn = mapping.ffn().get(layer);
    Place place = new Place(config, layer, inner);
    return switch (config.modelType()) {
      case ALBERT -> place.albert(attention, ffn);
      case BERT -> place.bert(attention, ffn);
    };
  }

  /** Where a block stands. */
  private record Place(EncoderConfig config, int layer, int inner) {

    BlockNames albert(int attentionSet, int ffnSet) {
      String block = "bert/encoder/transformer/group_%d/inner_group_%d";
      String attention = String.format(Locale.ROOT, block, attentionSet, inner);
      String ffn = String.format(Locale.ROOT, block, ffnSet, inner);
      return new BlockNames(
          dense(attention + "/attention_1/self/query", LayerDelta.QUERY),
          dense(attention + "/attention_1/self/key", LayerDelta.KEY),
          dense(attention + "/attention_1/self/value", LayerDelta.VALUE),
          dense(attention + "/attention_1/output/dense", LayerDelta.ATTENTION_OUTPUT),
          attention + "/LayerNorm",
          dense(ffn + "/ffn_1/intermediate/dense", LayerDelta.INTERMEDIATE),
          dense(ffn + "/ffn_1/intermediate/output/dense", LayerDelta.OUTPUT),
          ffn + "/LayerNorm_1");
    }

    BlockNames bert(int attentionSet, int ffnSet) {
      String suffix = inner == 0 ? "" : "/inner_group_" + inner;
      String attention = "bert/encoder/layer_" + attentionSet + suffix;
      String ffn = "bert/encoder/layer_" + ffnSet + suffix;
      return new BlockNames(
          dense(attention + "/attention/self/query", LayerDelta.QUERY),
          dense(attention + "/attention/self/key", LayerDelta.KEY),
          dense(attention + "/attention/self/value", LayerDelta.VALUE),
          dense(attention + "/attention/output/dense", LayerDelta.ATTENTION_OUTPUT),
          attention + "/attention/output/LayerNorm",
          dense(ffn + "/intermediate/dense", LayerDelta.INTERMEDIATE),
          dense(ffn + "/output/dense", LayerDelta.OUTPUT),
          ffn + "/output/LayerNorm");
    }

    private DenseName dense(String name, LayerDelta delta) {
      return new DenseName(name, delta.isIn(config) ? delta.name(layer, inner) : null);
    }
  }
}
