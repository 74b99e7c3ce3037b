package albert.model.config;

/**
 * Bytes that an encoder with its pooler moves and keeps, in float32, from the configuration alone.
 * Sharing saves weights and what belongs to each of them, not what belongs to each layer that runs.
 *
 * <p>Worked numbers for ALBERT base (H 768, I 3072, A 12, 12 blocks) in a batch of 1 · 128 tokens:
 * a block keeps 128 · (8 · 768 + 2 · 3072 + 12 · 128) = 1,769,472 numbers, 84,934,656 bytes in all
 * blocks, and 128 · 128 numbers more in the embeddings.
 *
 * @param weightBytes of all weights, each once
 * @param weightBytesMoved weights of blocks, projection and pooler that a forward pass reads, a
 *     shared block's as often as it runs; of the embeddings only the rows looked up
 * @param activationBytes what a training step keeps for the backward pass: of each block its input,
 *     query, key, value, context, attention output, both norms' inputs (8 H a token), the
 *     feed-forward network before and after its activation (2 I) and the attention probabilities (A
 *     S), and r for each delta; of the embeddings E. Dropout masks are not counted
 * @param optimizerBytes a gradient and two moments for each weight
 */
public record MemoryCost(
    long weightBytes, long weightBytesMoved, long activationBytes, long optimizerBytes) {

  private static final int HIDDEN_TENSORS = 8;
  private static final int INTERMEDIATE_TENSORS = 2;
  private static final int OPTIMIZER_COPIES = 3;
  private static final int LOOKED_UP = 3;

  /**
   * Counts.
   *
   * @param batchSize sequences of a step, 1 and more
   * @param sequenceLength S, 1 and more
   */
  public static MemoryCost of(EncoderConfig config, int batchSize, int sequenceLength) {
    ParameterCount count = ParameterCount.of(config);
    LayerMapping mapping = LayerMapping.of(config);
    long tokens = (long) batchSize * sequenceLength;
    long layers = config.numHiddenLayers();
    long blocks =
        count.attention() / mapping.attentionSets() * layers
            + count.feedForward() / mapping.ffnSets() * layers;
    long moved =
        blocks
            + count.embeddingProjection()
            + count.embeddingLayerNorm()
            + count.layerDeltas()
            + count.pooler()
            + LOOKED_UP * tokens * config.embeddingSize();
    long kept =
        (long) HIDDEN_TENSORS * config.hiddenSize()
            + (long) INTERMEDIATE_TENSORS * config.intermediateSize()
            + (long) config.numAttentionHeads() * sequenceLength
            + (long) config.layerDeltaRank() * LayerDelta.of(config).size();
    long activations = tokens * (kept * config.blocksApplied() + config.embeddingSize());
    return new MemoryCost(
        count.weightBytes(),
        moved * Float.BYTES,
        activations * Float.BYTES,
        count.weightBytes() * OPTIMIZER_COPIES);
  }
}
