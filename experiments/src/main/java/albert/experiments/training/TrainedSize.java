package albert.experiments.training;

import albert.evaluation.record.ModelSize;
import albert.model.config.EncoderConfig;
import albert.model.config.ParameterCount;
import albert.model.runtime.TrainableModel;

/** How large a trained model is. */
public final class TrainedSize {

  private TrainedSize() {}

  /**
   * Counts.
   *
   * @param isPooled whether a head reads the pooler: a model without such a head has none
   * @param diskBytes of the weights' file
   * @param sequenceLength for the operations of a token
   */
  public static ModelSize of(
      TrainableModel model,
      EncoderConfig encoder,
      boolean isPooled,
      long diskBytes,
      int sequenceLength) {
    ParameterCount count = ParameterCount.of(encoder);
    return new ModelSize(
        isPooled ? count.total() : count.total() - count.pooler(),
        model.parameterCount(),
        diskBytes,
        model.encoderFlopsPerToken(sequenceLength));
  }
}
