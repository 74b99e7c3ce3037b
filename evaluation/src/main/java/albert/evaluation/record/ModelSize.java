package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How large the model of a run is.
 *
 * @param encoderParameters parameters of the encoder and, where the model has one, its pooler
 * @param totalParameters parameters in all, heads included
 * @param diskBytes bytes of the saved weights; null where nothing was saved
 * @param flopsPerToken floating point operations of the encoder's matrix products for each token of
 *     a forward pass, counted over the graph that ran, a multiplication and an addition counted as
 *     two; null where not counted
 */
public record ModelSize(
    long encoderParameters,
    long totalParameters,
    @Nullable Long diskBytes,
    @Nullable Long flopsPerToken) {
  public ModelSize {
    Require.notNegative("encoder_parameters", encoderParameters);
    Require.notNegative("disk_bytes", diskBytes);
    Require.notNegative("flops_per_token", flopsPerToken);
    if (totalParameters < encoderParameters) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "total_parameters is %d, less than encoder_parameters %d",
              totalParameters,
              encoderParameters));
    }
  }
}
