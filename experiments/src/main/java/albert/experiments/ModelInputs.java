package albert.experiments;

import albert.datasets.batch.EncodedBatch;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Map;

/** Where datasets and model meet: a batch as an encoder takes it. */
public final class ModelInputs {

  private ModelInputs() {}

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
