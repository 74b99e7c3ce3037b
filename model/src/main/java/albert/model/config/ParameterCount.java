package albert.model.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many parameters an encoder with its pooler has, by component, from the configuration alone:
 * nothing is allocated. Weights that several layers share count once.
 *
 * <p>Heads are not part of an encoder's published size and are counted apart. Worked numbers for
 * ALBERT base (V 30000, E 128, H 768, I 3072, one set of weights): word embeddings 3,840,000,
 * attention 4 (768² + 768) + 2 · 768 = 2,363,904, in all 11,683,584.
 *
 * @param wordEmbeddings V E
 * @param positionEmbeddings P E
 * @param tokenTypeEmbeddings T E
 * @param embeddingLayerNorm scale and offset, 2 E
 * @param embeddingProjection E H + H, or 0 without a projection
 * @param attention of every set and inner block: query, key, value and output, H² + H each, and a
 *     layer norm, 2 H
 * @param feedForward of every set and inner block: H I + I, I H + H, and a layer norm, 2 H
 * @param layerDeltas of every layer and inner block: r (in + out) for each kernel that is shared; 0
 *     without deltas
 * @param pooler H² + H, or 0 where heads read the mean of the tokens
 */
public record ParameterCount(
    long wordEmbeddings,
    long positionEmbeddings,
    long tokenTypeEmbeddings,
    long embeddingLayerNorm,
    long embeddingProjection,
    long attention,
    long feedForward,
    long layerDeltas,
    long pooler) {

  /** Labels of the sentence-order and of the next-sentence head. */
  private static final int SENTENCE_PAIR_LABELS = 2;

  /** In training: the weight, its gradient, and two moments of the optimizer. */
  private static final int TRAINING_COPIES = 4;

  /** Counts the parameters of a configuration. */
  public static ParameterCount of(EncoderConfig config) {
    long embedding = config.embeddingSize();
    long hidden = config.hiddenSize();
    long intermediate = config.intermediateSize();
    LayerMapping mapping = LayerMapping.of(config);
    long attentionBlocks = (long) mapping.attentionSets() * config.innerGroupNum();
    long ffnBlocks = (long) mapping.ffnSets() * config.innerGroupNum();
    return new ParameterCount(
        config.vocabSize() * embedding,
        config.maxPositionEmbeddings() * embedding,
        config.typeVocabSize() * embedding,
        layerNorm(embedding),
        config.hasEmbeddingProjection() ? dense(embedding, hidden) : 0,
        attentionBlocks * (4 * dense(hidden, hidden) + layerNorm(hidden)),
        ffnBlocks * (dense(hidden, intermediate) + dense(intermediate, hidden) + layerNorm(hidden)),
        LayerDelta.of(config).stream().mapToLong(delta -> delta.parameters(config)).sum()
            * config.blocksApplied(),
        config.hasPooler() ? dense(hidden, hidden) : 0);
  }

  /** Encoder and pooler together, the size that papers print. */
  public long total() {
    return components().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Every component by its name in snake case, in the order of the computation. */
  public Map<String, Long> components() {
    Map<String, Long> byName = new LinkedHashMap<>();
    byName.put("word_embeddings", wordEmbeddings);
    byName.put("position_embeddings", positionEmbeddings);
    byName.put("token_type_embeddings", tokenTypeEmbeddings);
    byName.put("embedding_layer_norm", embeddingLayerNorm);
    byName.put("embedding_projection", embeddingProjection);
    byName.put("attention", attention);
    byName.put("feed_forward", feedForward);
    byName.put("layer_deltas", layerDeltas);
    byName.put("pooler", pooler);
    return Collections.unmodifiableMap(byName);
  }

  /** Bytes of the weights in float32. */
  public long weightBytes() {
    return total() * Float.BYTES;
  }

  /**
   * Bytes that training holds all the time, in float32: weights, gradients and the two moments that
   * AdamW and LAMB keep. Activations come on top and depend on the batch.
   */
  public long trainingBytes() {
    return weightBytes() * TRAINING_COPIES;
  }

  /**
   * Parameters of the masked-LM head: H E + E, a layer norm 2 E, and V output biases.
   *
   * @param tied whether its decoder is the word embedding and counts there; otherwise there are V E
   *     more
   */
  public static long maskedLmHead(EncoderConfig config, boolean tied) {
    return (tied ? 0 : (long) config.vocabSize() * config.embeddingSize())
        + dense(config.hiddenSize(), config.embeddingSize())
        + layerNorm(config.embeddingSize())
        + config.vocabSize();
  }

  /** Parameters of the sentence-order head, equally of the next-sentence head: 2 H + 2. */
  public static long sentenceOrderHead(EncoderConfig config) {
    return dense(config.hiddenSize(), SENTENCE_PAIR_LABELS);
  }

  /**
   * Parameters of a classification head on the pooled output: H C + C.
   *
   * @param numLabels C; 1 for regression
   */
  public static long classificationHead(EncoderConfig config, int numLabels) {
    return dense(config.hiddenSize(), numLabels);
  }

  private static long dense(long inputs, long outputs) {
    return inputs * outputs + outputs;
  }

  private static long layerNorm(long width) {
    return 2 * width;
  }
}
