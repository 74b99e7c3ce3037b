package albert.experiments;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedSequence;
import albert.model.config.EncoderConfig;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Where datasets and model meet: a batch as an encoder takes it. */
public final class ModelInputs {

  private ModelInputs() {}

  /**
   * Sees that a model has a row in its tables for every id.
   *
   * @param place where the sequence comes from, for the message
   * @throws InputException if it has not
   */
  public static void requireReadable(EncoderConfig config, String place, EncodedSequence sequence) {
    int largest = Arrays.stream(sequence.inputIds()).max().orElse(0);
    if (largest >= config.vocabSize()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: the tokenizer gives the id %d, but the model's vocab_size is %d",
              place,
              largest,
              config.vocabSize()));
    }
    int types = Arrays.stream(sequence.tokenTypeIds()).max().orElse(0) + 1;
    if (types > config.typeVocabSize()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: two texts in one sequence need %d token types, but the model's type_vocab_size"
                  + " is %d",
              place,
              types,
              config.typeVocabSize()));
    }
  }

  /** The inputs of a batch, without its labels. */
  public static Map<String, HostTensor> of(EncodedBatch batch) {
    long rows = batch.size();
    long width = batch.sequenceLength();
    return Map.of(
        EncoderInputs.INPUT_IDS, IntTensor.of(batch.inputIds(), rows, width),
        EncoderInputs.ATTENTION_MASK, IntTensor.of(batch.attentionMask(), rows, width),
        EncoderInputs.TOKEN_TYPE_IDS, IntTensor.of(batch.tokenTypeIds(), rows, width));
  }
}
