package albert.experiments.config;

import albert.model.config.EncoderConfig;

/**
 * A pretraining that comes before a run: the keys that begin with {@value StageKeys#PREFIX}, which
 * a study may also write as a section {@code pretrain}.
 *
 * @param corpus the texts: {@value #WORDNET}, a path from the folder of the data sets, or from the
 *     working directory
 * @param additionalCorpus more texts to train on, none of them held out; empty for none
 * @param tokenizer its file, for pretraining and run; empty for that of the start
 * @param seed of weights, examples and dropout; 0 is the run's own seed of the initialisation
 * @param encoder what is pretrained: the run's architecture, but for the keys that are given
 * @param config how it is pretrained; device, threads and precision are the run's
 */
public record PretrainingStage(
    String corpus,
    String additionalCorpus,
    String tokenizer,
    int seed,
    EncoderConfig encoder,
    PretrainingConfig config) {

  /** The glosses that the task {@code wordnet} trains on; they arrive by Maven. */
  public static final String WORDNET = "wordnet";

  /** Checks what concerns architecture and training together. */
  public PretrainingStage {
    RunConfig.checkedLength(encoder, config.maxSeqLength());
  }

  /** The seed of a run's pretraining. */
  public long seed(RunSeeds run) {
    return seed == 0 ? run.init() : seed;
  }
}
