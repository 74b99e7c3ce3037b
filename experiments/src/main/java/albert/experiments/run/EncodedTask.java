package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.task.Task;
import albert.datasets.task.Tasks;
import albert.datasets.text.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.head.Head;
import albert.model.tensor.HostTensor;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task's data as ids, and all that is particular to its kind: what is fed, what the head puts out
 * and what is made of it. Every run of a study whose data is encoded in the same way shares it.
 */
sealed interface EncodedTask permits TextTask, SpanTask {

  /** The name of the part that scores are for. */
  String DEV = "dev";

  /**
   * How the ids were made.
   *
   * @param vocabSize ids are 0 to this, exclusive
   * @param padId fills a batch
   * @param tokenizerFile what made the ids, if a file did
   */
  record Ids(int vocabSize, int padId, @Nullable Path tokenizerFile) {

    /** Of 8, 4 and 2 the fastest: less padding saves more than the further shapes cost. */
    private static final int WIDTH_MULTIPLE = 2;

    static Ids of(Tokenizer tokenizer, Path file) {
      return new Ids(tokenizer.vocabSize(), tokenizer.specialTokens().pad(), file);
    }

    /** Batches to train on, as wide as the encoder allows. */
    Batcher batches(List<EncodedExample> examples, RunConfig config) {
      return new Batcher(
          examples,
          config.training().batchSize(),
          padId,
          widthMultiple(config.encoder(), config.training().maxSeqLength()));
    }

    /** How examples are batched to be predicted. */
    EvaluationBatches evaluation(RunConfig config) {
      return EvaluationBatches.of(padId, config.encoder(), config.training().maxSeqLength());
    }

    /** What widths of batches are a multiple of. */
    static int widthMultiple(EncoderConfig encoder, int maxSeqLength) {
      int widened = (maxSeqLength + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
      return widened <= encoder.maxPositionEmbeddings() ? WIDTH_MULTIPLE : 1;
    }
  }

  /** How the ids were made. */
  Ids ids();

  /** What was read, all parts together, and what of it is trained on. */
  DataFingerprint fingerprint();

  /** The sequences that an epoch goes through. */
  List<EncodedExample> train();

  /**
   * Ids of the words that batches of training and dev have, padding included, if they are known
   * before the first step.
   *
   * @see albert.model.runtime.WordSubset
   */
  default Optional<BitSet> words() {
    return Optional.empty();
  }

  /** What a person should know of the training examples, a line each. */
  default List<String> notes() {
    return List.of();
  }

  /** The head of a run. */
  TaskHead head(RunConfig config);

  /** The head as it is trained, with the weights of its classes. */
  Head trainedHead(RunConfig config);

  /** A batch of {@link #train()} with what is to be learnt. */
  Map<String, HostTensor> labelled(EncodedBatch batch, RunConfig config);

  /**
   * What a model predicts for dev.
   *
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  Evaluation evaluate(Evaluation.Predictor model, RunConfig config, StopSignal stop);

  /** Sequences that dev has. */
  long devSequences();

  /** The first sequence of dev, by itself. */
  EncodedBatch oneOfDev(RunConfig config);

  /** Batches of {@link #train()}. */
  default Batcher trainBatches(RunConfig config) {
    return ids().batches(train(), config);
  }

  /**
   * Checks that a run's model can read the ids of its task.
   *
   * @throws ConfigException if it has too few words, or too few token types for pairs
   */
  static void checkVocabulary(RunConfig config, int tokenizerSize) {
    EncoderConfig encoder = config.encoder();
    if (encoder.vocabSize() < tokenizerSize) {
      throw new ConfigException(
          "vocab_size",
          String.format(
              Locale.ROOT,
              "vocab_size is %d, but the tokenizer has %d pieces",
              encoder.vocabSize(),
              tokenizerSize));
    }
    boolean pairs = Tasks.byId(config.task()).map(Task::isOfPairs).orElse(true);
    if (pairs && encoder.typeVocabSize() < 2) {
      throw new ConfigException(
          "type_vocab_size",
          String.format(
              Locale.ROOT,
              "type_vocab_size is %d, but the pairs of texts of task %s need 2",
              encoder.typeVocabSize(),
              config.task()));
    }
  }
}
