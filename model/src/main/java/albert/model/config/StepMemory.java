package albert.model.config;

/**
 * Bytes of a device's memory that a step needs at least, in float32: what it holds whatever the
 * batch, and what it keeps for every sequence.
 *
 * <p>In training each sequence of S tokens keeps what the backward pass reads. The numbers, for
 * TensorFlow's graph as it is built here, in which layer norm keeps x̂ and 1 / σ, and an activation
 * its output and its derivative (ReLU: its input):
 *
 * <ul>
 *   <li>embeddings: E + 1 a token, E more where they are projected, E for a dropout mask;
 *   <li>a block: input, key and value, 3 H a token; and for each token that it is computed for,
 *       query, context, attention output normalised and not, feed-forward output normalised, 5 H +
 *       2, the feed-forward network's 2 I, A S attention probabilities, and what is dropped: H for
 *       each of two masks, 2 A S for a mask of the probabilities and what it leaves;
 *   <li>r for each {@link LayerDelta}, of keys and values for every token;
 *   <li>the last block is computed for the tokens alone that the head reads, whose inputs are kept
 *       once more (H), if these are not all; its output is H for each of them;
 *   <li>a masked-LM head: 3 E + 1 + V for each position that it predicts. Of other heads nothing is
 *       counted.
 * </ul>
 *
 * <p>Worked number: BERT base without dropout (12 blocks, H 768, I 3072, A 12) keeps of one
 * sequence of 128 tokens, all of which a head reads, 128 · (769 + 12 · (8 · 768 + 2 + 2 · 3072 + 12
 * · 128) + 768) = 21,433,472 numbers, 85,733,888 bytes. {@link MemoryCost#activationBytes} is a
 * similar count that leaves out dropout and what heads save, for comparing models.
 *
 * <p>A step needs more than this: what is only there for a moment, and padding of the allocator.
 *
 * @param fixedBytes whatever the batch
 * @param sequenceBytes for each sequence
 */
public record StepMemory(long fixedBytes, long sequenceBytes) {

  /**
   * The rest is for what is not counted. On a CPU processes that trained ALBERT and BERT base took
   * 0.9 and 1.3 GB more than is counted.
   */
  private static final double USABLE = 0.75;

  /**
   * Of a training step. Fixed are weights, gradients and two moments, and the kernels of query, key
   * and value side by side, 3 H² for each set of attention weights.
   *
   * @param sequenceLength S, padding included
   * @param reading what of each sequence the heads read
   */
  public static StepMemory training(EncoderConfig config, int sequenceLength, Reading reading) {
    double hidden = config.hiddenSize();
    double embedding = config.embeddingSize();
    double dropout = config.hiddenDropoutProb() > 0 ? 1 : 0;
    double embeddings =
        embedding * (1 + dropout + (config.hasEmbeddingProjection() ? 1 : 0))
            + 1
            + (config.paddingIdx() >= 0 ? 1 : 0);
    double token = askingNumbers(config, sequenceLength);
    double everyToken =
        3 * hidden + deltas(config, LayerDelta.KEY) + deltas(config, LayerDelta.VALUE);
    double read = reading.everyToken() ? sequenceLength : reading.tokens();
    double asked = sequenceLength * (config.blocksApplied() - 1.0) + read;
    double numbers =
        sequenceLength * (embeddings + everyToken * config.blocksApplied())
            + asked * token
            + read * hidden * (reading.everyToken() ? 1 : 2)
            + reading.predicted() * (3 * embedding + 1 + config.vocabSize());
    double sideBySide =
        3 * hidden * hidden * LayerMapping.of(config).attentionSets() * config.innerGroupNum();
    long fixed = ParameterCount.of(config).trainingBytes() + (long) (sideBySide * Float.BYTES);
    return of(fixed, numbers);
  }

  /**
   * Of a forward pass: fixed are the weights; of a sequence what is there at once in a block, 4 H a
   * token and A S attention scores or, where that is more, 2 I of the feed-forward network.
   *
   * @param sequenceLength S, padding included
   */
  public static StepMemory prediction(EncoderConfig config, int sequenceLength) {
    double widest =
        Math.max(
            (double) config.numAttentionHeads() * sequenceLength, 2.0 * config.intermediateSize());
    return of(
        ParameterCount.of(config).weightBytes(),
        sequenceLength * (4.0 * config.hiddenSize() + widest));
  }

  /**
   * What the heads read of each sequence.
   *
   * @param everyToken whether the last block's output for every token
   * @param tokens for how many tokens it is computed otherwise
   * @param predicted positions whose words a masked-LM head predicts, 0 without one
   */
  public record Reading(boolean everyToken, int tokens, int predicted) {
    /** The output of every token. */
    public static final Reading EVERY_TOKEN = new Reading(true, 0, 0);

    /** The first token's output, of which the pooled output is made. */
    public static final Reading FIRST_TOKEN = new Reading(false, 1, 0);
  }

  /** Of a batch. */
  public long bytes(int batch) {
    return (long) ((double) sequenceBytes * batch + (double) fixedBytes);
  }

  /**
   * The most sequences for which a device has enough memory, a quarter of it left for what is not
   * counted; 0 if not even for one.
   */
  public int largestBatch(long deviceBytes) {
    double left = USABLE * (double) deviceBytes - (double) fixedBytes;
    double fits = left / (double) sequenceBytes;
    return fits < 1 ? 0 : (int) Math.min(Integer.MAX_VALUE, fits);
  }

  /** What a block keeps of a token that it is computed for. */
  private static double askingNumbers(EncoderConfig config, int sequenceLength) {
    boolean dropout = config.hiddenDropoutProb() > 0;
    int masks = !dropout ? 0 : config.ffnOutputDropout() ? 2 : 1;
    int ofScores = config.attentionProbsDropoutProb() > 0 ? 3 : 1;
    return (5.0 + masks) * config.hiddenSize()
        + 2
        + 2.0 * config.intermediateSize()
        + deltas(config, LayerDelta.QUERY)
        + deltas(config, LayerDelta.ATTENTION_OUTPUT)
        + deltas(config, LayerDelta.INTERMEDIATE)
        + deltas(config, LayerDelta.OUTPUT)
        + (double) ofScores * config.numAttentionHeads() * sequenceLength;
  }

  private static double deltas(EncoderConfig config, LayerDelta delta) {
    return delta.isIn(config) ? config.layerDeltaRank() : 0;
  }

  private static StepMemory of(long fixedBytes, double numbers) {
    return new StepMemory(fixedBytes, (long) (numbers * Float.BYTES));
  }
}
