package albert.experiments.compress;

import albert.datasets.batch.EncodedExample;
import albert.model.compress.Compression;
import albert.model.config.EncoderConfig;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws words for the embeddings to be fitted on: one half as texts use them, so that what is
 * frequent is close, the other evenly from the whole vocabulary, so that no row is forgotten.
 */
final class WordSampler {
  private static final int WORDS_A_BATCH = 4_096;

  private final EncoderConfig config;
  private final int[] used;
  private final Random random;

  WordSampler(EncoderConfig config, List<EncodedExample> texts, long seed) {
    this.config = config;
    this.used =
        texts.stream().flatMapToInt(text -> Arrays.stream(text.sequence().inputIds())).toArray();
    this.random = new Random(seed);
  }

  /** Words with positions and types, each drawn by itself. */
  Map<String, HostTensor> samples(int count) {
    return Map.of(
        Compression.WORDS, vector(random.ints(count, 0, 1).map(zero -> word()).toArray()),
        Compression.POSITIONS,
            vector(random.ints(count, 0, config.maxPositionEmbeddings()).toArray()),
        Compression.TYPES, vector(random.ints(count, 0, config.typeVocabSize()).toArray()));
  }

  /** A batch whose rows have every position. */
  Map<String, HostTensor> batch() {
    int width = config.maxPositionEmbeddings();
    int rows = Math.max(1, WORDS_A_BATCH / width);
    int[] words = new int[rows * width];
    int[] mask = new int[rows * width];
    int[] types = new int[rows * width];
    Arrays.fill(mask, 1);
    for (int i = 0; i < words.length; i++) {
      words[i] = word();
      types[i] = random.nextInt(config.typeVocabSize());
    }
    return Map.of(
        EncoderInputs.INPUT_IDS, IntTensor.of(words, rows, width),
        EncoderInputs.ATTENTION_MASK, IntTensor.of(mask, rows, width),
        EncoderInputs.TOKEN_TYPE_IDS, IntTensor.of(types, rows, width));
  }

  private int word() {
    return random.nextBoolean()
        ? used[random.nextInt(used.length)]
        : random.nextInt(config.vocabSize());
  }

  private static IntTensor vector(int[] values) {
    return IntTensor.of(values, values.length);
  }
}
