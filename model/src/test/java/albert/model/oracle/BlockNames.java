package albert.model.oracle;

/**
 * The variable scopes of one block as the published checkpoints name them. BERT's have no inner
 * groups; here its inner blocks after the first are put below the layer.
 */
record BlockNames(
    String attentionSelf,
    String attentionOutput,
    String attentionNorm,
    String intermediate,
    String output,
    String outputNorm) {

  static BlockNames of(Oracle.Sizes sizes, int layer, int inner) {
    int attentionSet = sizes.attentionSets().get(layer);
    int ffnSet = sizes.ffnSets().get(layer);
    return sizes.bertNames()
        ? bert(scope(sizes, attentionSet, inner), scope(sizes, ffnSet, inner))
        : albert(scope(sizes, attentionSet, inner), scope(sizes, ffnSet, inner));
  }

  private static String scope(Oracle.Sizes sizes, int set, int inner) {
    if (!sizes.bertNames()) {
      return "bert/encoder/transformer/group_" + set + "/inner_group_" + inner;
    }
    String layer = "bert/encoder/layer_" + set;
    return inner == 0 ? layer : layer + "/inner_group_" + inner;
  }

  private static BlockNames albert(String attention, String ffn) {
    return new BlockNames(
        attention + "/attention_1/self",
        attention + "/attention_1/output/dense",
        attention + "/LayerNorm",
        ffn + "/ffn_1/intermediate/dense",
        ffn + "/ffn_1/intermediate/output/dense",
        ffn + "/LayerNorm_1");
  }

  private static BlockNames bert(String attention, String ffn) {
    return new BlockNames(
        attention + "/attention/self",
        attention + "/attention/output/dense",
        attention + "/attention/output/LayerNorm",
        ffn + "/intermediate/dense",
        ffn + "/output/dense",
        ffn + "/output/LayerNorm");
  }
}
