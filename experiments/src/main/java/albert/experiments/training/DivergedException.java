package albert.experiments.training;

import java.util.Locale;

/** A loss or a gradient is no longer finite: going on would only train noise. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the reason of a run that diverged begins. */
  public static final String PREFIX = "diverged: ";

  /**
   * Says what is not finite.
   *
   * @param step counted from 1
   */
  public DivergedException(String figure, double value, long step) {
    super(PREFIX + String.format(Locale.ROOT, "the %s is %s at step %d", figure, value, step));
  }

  /**
   * Gradients that overflow although the loss need not be scaled.
   *
   * @param scale that the loss was multiplied by
   * @param step counted from 1
   */
  static DivergedException inFloat16(double norm, double scale, long step) {
    return new DivergedException(
        PREFIX
            + String.format(
                Locale.ROOT,
                "the gradients' norm is %s at step %d, even with a loss scale of %s: float16 has no"
                    + " numbers for them; precision float32 has",
                norm,
                step,
                scale));
  }

  private DivergedException(String message) {
    super(message);
  }

  /** The same, with what is kept of the training. */
  public DivergedException keeping(String what) {
    return new DivergedException(getMessage() + "; " + what);
  }
}
