package albert.experiments.training;

import albert.evaluation.record.ModelCosts;
import albert.experiments.config.RunConfig;
import albert.model.config.ComputeCost;
import albert.model.config.EncoderConfig;
import albert.model.config.MemoryCost;
import albert.model.config.ParameterCount;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;

/** What a run's model costs by its shape, beside the BERT of the same shape. */
public final class CountedCosts {

  private CountedCosts() {}

  /**
   * Of the batch and the longest sequence that a run is configured for.
   *
   * @param together how many sequences the batch size counts as one
   */
  public static ModelCosts of(RunConfig config, int together) {
    return of(
        config.encoder(),
        config.training().batchSize() * together,
        config.training().maxSeqLength());
  }

  /** Of a batch of sequences of a length. */
  public static ModelCosts of(EncoderConfig encoder, int batch, int length) {
    return new ModelCosts(
        length, batch, cost(encoder, batch, length), cost(bertOfSameShape(encoder), batch, length));
  }

  /** Nothing shared, nothing factorised. */
  static EncoderConfig bertOfSameShape(EncoderConfig encoder) {
    return encoder.toBuilder()
        .sharing(ParameterSharing.NONE)
        .groups(1)
        .sharingPattern(SharingPattern.SEQUENCE)
        .layerDeltaRank(0)
        .embeddingSize(encoder.hiddenSize())
        .projectEqualSizes(false)
        .build();
  }

  private static ModelCosts.Cost cost(EncoderConfig encoder, int batch, int length) {
    ComputeCost compute = ComputeCost.of(encoder, length);
    MemoryCost memory = MemoryCost.of(encoder, batch, length);
    return new ModelCosts.Cost(
        ParameterCount.of(encoder).total(),
        compute.forwardPerSequence(0),
        batch * compute.trainingPerSequence(0),
        memory.weightBytes(),
        memory.weightBytesMoved(),
        memory.activationBytes(),
        memory.optimizerBytes());
  }
}
