package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.RunConfig;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task's data as ids, cut to one length. Every run of a study with that task and length shares
 * it.
 *
 * @param data the task's data
 * @param train the training examples
 * @param dev the examples that scores are for
 * @param vocabSize ids are 0 to this, exclusive
 * @param padId fills a batch
 * @param tokenizerFile what made the ids, if a file did
 */
record EncodedTask(
    TaskData data,
    List<EncodedExample> train,
    List<EncodedExample> dev,
    int vocabSize,
    int padId,
    @Nullable Path tokenizerFile) {

  private static final int WIDTH_MULTIPLE = 8;

  /**
   * Encodes a task.
   *
   * @param tokenizerFile what the tokenizer was opened from
   * @param maxSeqLength longest sequence
   * @param maxTrainExamples so many training examples at most, the first; 0 for all
   */
  static EncodedTask of(
      TaskData data,
      Tokenizer tokenizer,
      Path tokenizerFile,
      int maxSeqLength,
      int maxTrainExamples) {
    SequenceEncoder encoder = new SequenceEncoder(tokenizer, maxSeqLength);
    List<TextExample> train = data.examples(SplitName.TRAIN);
    int count = maxTrainExamples == 0 ? train.size() : Math.min(maxTrainExamples, train.size());
    return new EncodedTask(
        data,
        encoder.encodeAll(train.subList(0, count)),
        encoder.encodeAll(data.examples(SplitName.DEV)),
        tokenizer.vocabSize(),
        tokenizer.specialTokens().pad(),
        tokenizerFile);
  }

  Task task() {
    return data.task();
  }

  /** Training examples of each class; empty for a regression. */
  long[] classCounts() {
    long[] counts = new long[task().labels().size()];
    if (counts.length > 0) {
      train.forEach(example -> counts[(int) example.label()]++);
    }
    return counts;
  }

  List<TextExample> devTexts() {
    return data.examples(SplitName.DEV);
  }

  /** Batches of some examples, as wide as the encoder allows. */
  Batcher batches(List<EncodedExample> examples, RunConfig config) {
    int positions = config.encoder().maxPositionEmbeddings();
    int longest = config.training().maxSeqLength();
    int widened = (longest + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
    return new Batcher(
        examples, config.training().batchSize(), padId, widened <= positions ? WIDTH_MULTIPLE : 1);
  }

  /**
   * Checks that a model can read these ids.
   *
   * @throws ConfigException if its vocabulary is too small
   */
  static void checkVocabulary(EncoderConfig encoder, int tokenizerSize) {
    if (encoder.vocabSize() < tokenizerSize) {
      throw new ConfigException(
          "vocab_size",
          String.format(
              Locale.ROOT,
              "vocab_size is %d, but the tokenizer has %d pieces",
              encoder.vocabSize(),
              tokenizerSize));
    }
    if (encoder.typeVocabSize() < 2) {
      throw new ConfigException(
          "type_vocab_size",
          String.format(
              Locale.ROOT,
              "type_vocab_size is %d, but pairs of texts need 2",
              encoder.typeVocabSize()));
    }
  }

  /** What was read, all splits together. */
  DataFingerprint fingerprint() {
    return data.fingerprint();
  }
}
