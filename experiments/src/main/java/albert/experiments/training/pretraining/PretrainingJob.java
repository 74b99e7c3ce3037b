package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PairObjective;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.checkpoint.TokenizerIdentity;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingKeys;
import albert.model.config.EncoderConfig;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.SentencePairHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.io.LoadedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is pretrained, on what.
 *
 * @param encoder the architecture, with its dropout
 * @param config how it is trained
 * @param seed of everything that is drawn
 * @param start the checkpoint that training goes on from; null for random weights
 * @param startName how the configuration calls the start: the preset or the model
 * @param corpus folder or file of texts, or of TFRecord files
 * @param additional more texts to train on, none of them held out
 * @param tokenizer open
 * @param tokenizerFile its file, copied beside the model
 * @param origin for the record; null in a study, whose runs record theirs
 */
public record PretrainingJob(
    EncoderConfig encoder,
    PretrainingConfig config,
    long seed,
    @Nullable LoadedModel start,
    String startName,
    Path corpus,
    Optional<Path> additional,
    Tokenizer tokenizer,
    Path tokenizerFile,
    @Nullable PretrainingOrigin origin) {

  /** What the start is called in a record. */
  public static final String START = "start";

  /** What the seed is called in a record. */
  public static final String SEED = "seed";

  static final String TOKENIZER = "tokenizer";
  static final String CORPUS = "corpus";
  static final String ADDITIONAL_CORPUS = "additional_corpus";

  /**
   * SHA-256 of tokenizer and corpora, by name.
   *
   * @throws albert.datasets.DataFormatException if a corpus is not there or empty
   * @throws IOException if a file can't be read
   */
  public Map<String, String> fingerprints() throws IOException {
    Map<String, String> fingerprints = new TreeMap<>();
    fingerprints.put(TOKENIZER, TokenizerIdentity.of(tokenizerFile));
    fingerprints.put(CORPUS, CorpusSha256.of(corpus, config.corpusFormat()));
    if (additional.isPresent()) {
      fingerprints.put(ADDITIONAL_CORPUS, CorpusSha256.of(additional.get(), config.corpusFormat()));
    }
    return fingerprints;
  }

  /** The head that tells pairs apart, if there are any. */
  Optional<SentencePairHead> pairHead() {
    PairObjective objective = config.objective();
    return switch (objective) {
      case SENTENCE_ORDER ->
          Optional.of(new SentencePairHead(SentencePairHead.Objective.SENTENCE_ORDER));
      case NEXT_SENTENCE ->
          Optional.of(new SentencePairHead(SentencePairHead.Objective.NEXT_SENTENCE));
      case NONE -> Optional.empty();
    };
  }

  List<Head> heads() {
    List<Head> heads = new ArrayList<>(List.of(new MaskedLmHead()));
    pairHead().ifPresent(heads::add);
    return heads;
  }

  /** What stands on the encoder, as model directories say it. */
  HeadDescription head() {
    return HeadDescription.of(
        config.objective().hasPairs() ? HeadKind.PRETRAINING : HeadKind.MASKED_LM);
  }

  /** The architecture at a step: without dropout from the step on that removes it. */
  EncoderConfig encoderAt(long step) {
    return config.dropsOutAt(step) ? encoder : PretrainingKeys.withoutDropout(encoder);
  }

  /** Every key with its value, as files write them. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(SEED, seed);
    values.put(START, startName);
    values.putAll(values(encoder, config));
    return values;
  }

  /** Every key of architecture and training with its value. */
  static Map<String, Object> values(EncoderConfig encoder, PretrainingConfig config) {
    Map<String, Object> values = new LinkedHashMap<>(ConfigKeys.values(encoder));
    values.putAll(PretrainingKeys.values(config));
    return values;
  }
}
