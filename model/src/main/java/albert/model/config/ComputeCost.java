package albert.model.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Floating-point operations of an encoder's matrix products, a multiplication and its addition
 * counting as two. Biases, layer norms, activations and softmax are left out: they grow with H, not
 * with H². Sharing saves none of it: a shared layer counts as often as it runs, and so does every
 * inner block. Padding is computed like any token.
 *
 * <p>These are formulas, for models that are not built. Over the graph of a model that is, {@link
 * albert.model.graph.MatrixProducts} counts the same number, forward and in a training step; a
 * head's own scores (H times the classes) are what it counts besides.
 *
 * <p>With N = L times the inner blocks and S the sequence length. Worked numbers for BERT base (N
 * 12, H 768, I 3072) at S 128: projections 12 · 8 · 768² = 56,623,104, scores 12 · 4 · 128 · 768 =
 * 4,718,592, feed-forward 12 · 4 · 768 · 3072 = 113,246,208 a token.
 *
 * @param sequenceLength S, tokens in a sequence
 * @param blocks N
 * @param embeddingProjection 2 E H a token, or 0 without a projection
 * @param attentionProjections query, key, value and output, 8 H² N a token; with deltas of rank r
 *     to each, 16 r H N more
 * @param attentionScores queries with keys and probabilities with values, 4 S H N a token
 * @param feedForward both layers, 4 H I N a token; with deltas, 4 r (H + I) N more
 * @param pooler 2 H² a sequence: it sees the first token only; 0 where heads read the mean of the
 *     tokens
 * @param maskedLmHead transform and tied decoder, 2 H E + 2 E V a predicted position
 */
public record ComputeCost(
    int sequenceLength,
    long blocks,
    long embeddingProjection,
    long attentionProjections,
    long attentionScores,
    long feedForward,
    long pooler,
    long maskedLmHead) {

  /** A backward pass has two products, for input and weight, where a forward pass has one. */
  private static final int TRAINING_FACTOR = 3;

  /**
   * Counts the operations of a configuration.
   *
   * @param sequenceLength S, 1 to the configuration's positions
   * @throws ConfigException if the sequence is empty or longer than there are positions
   */
  public static ComputeCost of(EncoderConfig config, int sequenceLength) {
    Range.require(
        sequenceLength >= 1 && sequenceLength <= config.maxPositionEmbeddings(),
        "sequence_length",
        sequenceLength,
        "1 to max_position_embeddings " + config.maxPositionEmbeddings());
    long embedding = config.embeddingSize();
    long hidden = config.hiddenSize();
    long blocks = config.blocksApplied();
    return new ComputeCost(
        sequenceLength,
        blocks,
        config.hasEmbeddingProjection() ? product(embedding, hidden) : 0,
        blocks * (4 * product(hidden, hidden) + deltas(config, true)),
        blocks * 2 * product(sequenceLength, hidden),
        blocks * (2 * product(hidden, config.intermediateSize()) + deltas(config, false)),
        config.hasPooler() ? product(hidden, hidden) : 0,
        product(hidden, embedding) + product(embedding, config.vocabSize()));
  }

  /** Every component by its name in snake case; see the record for what each is counted per. */
  public Map<String, Long> components() {
    Map<String, Long> byName = new LinkedHashMap<>();
    byName.put("embedding_projection", embeddingProjection);
    byName.put("attention_projections", attentionProjections);
    byName.put("attention_scores", attentionScores);
    byName.put("feed_forward", feedForward);
    byName.put("pooler", pooler);
    byName.put("masked_lm_head", maskedLmHead);
    return Collections.unmodifiableMap(byName);
  }

  /** Operations of the encoder for one token, forward, without pooler and heads. */
  public long forwardPerToken() {
    return embeddingProjection + attentionProjections + attentionScores + feedForward;
  }

  /** Operations of the encoder for one token in training: three times the forward pass. */
  public long trainingPerToken() {
    return TRAINING_FACTOR * forwardPerToken();
  }

  /**
   * Operations of encoder, pooler and masked-LM head for one sequence, forward. A double, since the
   * largest configurations allowed exceed a long; whole numbers are exact up to 2⁵³.
   *
   * @param predictedPositions positions whose logits the masked-LM head computes, 0 without one
   */
  public double forwardPerSequence(int predictedPositions) {
    return (double) sequenceLength * forwardPerToken()
        + pooler
        + (double) predictedPositions * maskedLmHead;
  }

  /**
   * Operations of a training step for one sequence, three times the forward pass. The last block is
   * computed for the positions alone that the head reads, but its keys and values for all.
   *
   * @param predictedPositions positions whose logits a masked-LM head computes; 0 for a head on the
   *     pooled output, which reads the first, or all where there is no pooler
   */
  public double trainingPerSequence(int predictedPositions) {
    double lastBlock = (attentionProjections / 2 + attentionScores + feedForward) / (double) blocks;
    int pooled = pooler == 0 ? sequenceLength : 1;
    int read = Math.min(sequenceLength, predictedPositions == 0 ? pooled : predictedPositions);
    double leftOut = lastBlock * (sequenceLength - read);
    return TRAINING_FACTOR * (forwardPerSequence(predictedPositions) - leftOut);
  }

  /** Two thin products a delta, 2 r in and 2 r out. */
  private static long deltas(EncoderConfig config, boolean attention) {
    return LayerDelta.of(config).stream()
        .filter(delta -> delta.isAttention() == attention)
        .mapToLong(delta -> 2 * delta.parameters(config))
        .sum();
  }

  private static long product(long inputs, long outputs) {
    return 2 * inputs * outputs;
  }
}
