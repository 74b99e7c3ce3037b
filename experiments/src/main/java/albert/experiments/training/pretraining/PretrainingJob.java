package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PairObjective;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunRecord;
import albert.experiments.checkpoint.PretrainedModel;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param specialInText whether it makes special tokens in the texts their ids
 * @param provenance what makes it
 */
public record PretrainingJob(
    EncoderConfig encoder,
    PretrainingConfig config,
    long seed,
    @Nullable PretrainedModel start,
    String startName,
    Path corpus,
    Optional<Path> additional,
    Tokenizer tokenizer,
    Path tokenizerFile,
    boolean specialInText,
    Provenance provenance) {

  /** What a record calls the task. */
  public static final String TASK = "pretraining";

  /** What a record calls the texts. */
  public static final String CORPUS = "corpus";

  /** What a record calls more texts. */
  public static final String ADDITIONAL_CORPUS = "additional_corpus";

  static final String TOKENIZER = "tokenizer";

  /** Whether a record is that of a pretraining. */
  public static boolean isRecordedIn(RunRecord record) {
    return TASK.equals(record.config().get(ConfigKeys.TASK));
  }

  /** The keys of a record that a pretraining is configured by. */
  public static Map<String, Object> keys(RunRecord record) {
    Map<String, Object> keys = new LinkedHashMap<>(record.config());
    keys.keySet().removeAll(List.of(ConfigKeys.TASK, ConfigKeys.SPECIAL_IN_TEXT));
    return keys;
  }

  /** Whether the recorded one made special tokens in its texts their ids. */
  public static boolean hadSpecialInText(RunRecord record) {
    return Boolean.TRUE.equals(record.config().get(ConfigKeys.SPECIAL_IN_TEXT));
  }

  /**
   * What is read: tokenizer, corpora and the start's weights.
   *
   * @throws albert.datasets.DataFormatException if a corpus is not there or empty
   * @throws IOException if a file can't be read
   */
  public List<DataFingerprint> inputs() throws IOException {
    List<DataFingerprint> inputs = new ArrayList<>();
    inputs.add(fingerprint(TOKENIZER, TokenizerIdentity.of(tokenizerFile), tokenizerFile));
    inputs.add(fingerprint(CORPUS, corpus));
    if (additional.isPresent()) {
      inputs.add(fingerprint(ADDITIONAL_CORPUS, additional.get()));
    }
    if (start != null) {
      inputs.add(start.weights());
    }
    return inputs;
  }

  private DataFingerprint fingerprint(String name, Path texts) throws IOException {
    return fingerprint(name, CorpusSha256.of(texts, config.corpusFormat()), texts);
  }

  private static DataFingerprint fingerprint(String name, String sha256, Path path) {
    return DataFingerprint.of(name, sha256, Map.of(), path.toAbsolutePath().normalize().toString());
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
    List<Head> heads = new ArrayList<>(List.of(new MaskedLmHead(tied())));
    pairHead().ifPresent(heads::add);
    return heads;
  }

  /** What stands on the encoder, as model directories say it. */
  HeadDescription head() {
    return HeadDescription.of(
            config.objective().hasPairs() ? HeadKind.PRETRAINING : HeadKind.MASKED_LM)
        .tied(tied());
  }

  /** Whether the decoder is the word embeddings: unless the start has one of its own. */
  private boolean tied() {
    return start == null || start.model().head().tied();
  }

  /** The architecture at a step: without dropout from the step on that removes it. */
  EncoderConfig encoderAt(long step) {
    return config.dropsOutAt(step) ? encoder : PretrainingKeys.withoutDropout(encoder);
  }

  /**
   * Every key with its value, as files write them; that special tokens in the texts are text, as
   * they always are for the command, is not said.
   */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(ConfigKeys.TASK, TASK);
    values.put(start == null ? ConfigKeys.PRESET : ConfigKeys.MODEL, startName);
    values.putAll(values(encoder, config));
    if (specialInText) {
      values.put(ConfigKeys.SPECIAL_IN_TEXT, true);
    }
    return values;
  }

  /** Every key of architecture and training with its value. */
  static Map<String, Object> values(EncoderConfig encoder, PretrainingConfig config) {
    Map<String, Object> values = new LinkedHashMap<>(ConfigKeys.values(encoder));
    values.putAll(PretrainingKeys.values(config));
    return values;
  }
}
