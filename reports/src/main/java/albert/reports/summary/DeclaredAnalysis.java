package albert.reports.summary;

import org.jspecify.annotations.Nullable;

/**
 * How a study said that it would be analysed, before its runs; null where it says nothing.
 *
 * @param primary id of the metric that the claims are about, for example {@code f1}
 * @param margin how much worse is still acceptable, on a scale whose best is 1: 0.01 is one point;
 *     of a loss, in its own unit
 * @param paired whether runs of the same seeds are pairs
 * @param alpha the chance of any false claim that is put up with, between 0 and 1
 */
public record DeclaredAnalysis(
    @Nullable String primary,
    @Nullable Double margin,
    @Nullable Boolean paired,
    @Nullable Double alpha) {
  /** Nothing is declared. */
  public static final DeclaredAnalysis NONE = new DeclaredAnalysis(null, null, null, null);

  public DeclaredAnalysis {
    if (margin != null && !(margin > 0 && Double.isFinite(margin))) {
      throw new IllegalArgumentException("margin is " + margin + ", allowed are above 0");
    }
    if (alpha != null && !(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException(
          "alpha is " + alpha + ", allowed are above 0 and below 0.5");
    }
  }
}
