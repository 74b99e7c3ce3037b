package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PretrainingBatch;
import albert.model.head.MaskedLmHead;
import albert.model.head.SentencePairHead;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Batches as the model takes them. */
final class PretrainingFeeds {

  private PretrainingFeeds() {}

  /** Inputs and masked words, and the labels of a pair head where there is one. */
  static Map<String, HostTensor> of(PretrainingBatch batch, Optional<SentencePairHead> head) {
    long rows = batch.size();
    long width = batch.sequenceLength();
    long slots = batch.predictions();
    Map<String, HostTensor> feed =
        new TreeMap<>(
            Map.of(
                EncoderInputs.INPUT_IDS, IntTensor.of(batch.inputIds(), rows, width),
                EncoderInputs.ATTENTION_MASK, IntTensor.of(batch.inputMask(), rows, width),
                EncoderInputs.TOKEN_TYPE_IDS, IntTensor.of(batch.segmentIds(), rows, width),
                MaskedLmHead.POSITIONS, IntTensor.of(batch.maskedPositions(), rows, slots),
                MaskedLmHead.IDS, IntTensor.of(batch.maskedIds(), rows, slots),
                MaskedLmHead.WEIGHTS, FloatTensor.of(batch.maskedWeights(), rows, slots)));
    head.ifPresent(pair -> feed.put(pair.labels(), IntTensor.of(batch.labels(), rows)));
    return feed;
  }
}
