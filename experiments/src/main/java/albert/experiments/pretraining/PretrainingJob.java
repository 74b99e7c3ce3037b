package albert.experiments.pretraining;

import albert.datasets.pretrain.PairObjective;
import albert.datasets.text.Tokenizer;
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
    Path tokenizerFile) {

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
    values.put("seed", seed);
    values.put("start", startName);
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
