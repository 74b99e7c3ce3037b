package albert.experiments.evaluation;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.task.SplitName;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.PredictParts;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
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
 * A task's data as ids: what is fed, what the head puts out and what is made of it. Every run of a
 * study whose data is encoded in the same way shares it, whatever else its configuration is.
 */
public interface EncodedTask {
  /** The name of the part that scores are for. */
  String DEV = SplitName.DEV.id();

  /** The id that fills a batch. */
  int padId();

  /** The file that the tokenizer was opened from; null if no tokenizer made the ids. */
  @Nullable Path tokenizerFile();

  /** What was read, all parts together, and what of it is trained on. */
  DataFingerprint fingerprint();

  /** The sequences that an epoch goes through. */
  List<EncodedExample> train();

  /** How many of them in a row belong together, so that no batch tears them apart. */
  int together();

  /** What an epoch has of what a batch size counts: sequences, or groups that belong together. */
  default int trainSize() {
    return train().size() / together();
  }

  /**
   * Ids of the words that batches of training and dev have, padding included, if they are known
   * before the first step.
   *
   * @see albert.model.runtime.WordSubset
   */
  Optional<BitSet> words();

  /** What a person should know of the training examples, a line each. */
  List<String> notes();

  /** The head of a run. */
  TaskHead<?, ?, ?> head(RunConfig config);

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

  /** A part of a data set that a model of this task can predict. */
  interface Part {
    /** What its files are called. */
    String name();

    /** Which part of its data set it is. */
    SplitName split();

    /** Whether the data set says of every example what is right. */
    boolean isLabelled();

    /**
     * What a model predicts for it.
     *
     * @throws albert.experiments.stage.StoppedException if asked to stop
     */
    Predictions predict(
        Evaluation.Predictor model, Tokenizer tokenizer, RunConfig config, StopSignal stop);
  }

  /**
   * The parts that are neither trained on nor dev, and those of related data.
   *
   * @param which of them
   * @param folder of the data sets
   */
  List<Part> otherParts(PredictParts which, Path folder);

  /** Sequences that dev has. */
  long devSequences();

  /** The first sequence of dev, by itself. */
  EncodedBatch oneOfDev(RunConfig config);

  /** Batches of {@link #train()}, as wide as the encoder allows. */
  default Batcher trainBatches(RunConfig config) {
    return new Batcher(
        train(),
        together(),
        config.training().batchSize(),
        padId(),
        EvaluationBatches.widthMultiple(config.encoder(), config.training().maxSeqLength()));
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
    if (config.dataSet().isOfPairs() && encoder.typeVocabSize() < 2) {
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
