package albert.evaluation.metric;

import albert.evaluation.record.Score;
import org.jspecify.annotations.Nullable;

/**
 * A metric's value, or why it has none: exactly one of them.
 *
 * @param value a finite number, or null
 * @param reason why there is none, or null
 */
public record MetricValue(@Nullable Double value, @Nullable String reason) {
  public MetricValue {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException("exactly one of value and reason is needed");
    }
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException("value is " + value + ", allowed are finite numbers");
    }
  }

  /** A value. */
  public static MetricValue of(double value) {
    return new MetricValue(value, null);
  }

  /** No value. */
  public static MetricValue undefined(String reason) {
    return new MetricValue(null, reason);
  }

  /** The value, or NaN. */
  public double orNaN() {
    return value == null ? Double.NaN : value;
  }

  /** As a score of a run. */
  public Score toScore(String task, String metric, String split, long n, String protocol) {
    return new Score(task, metric, split, value, reason, n, protocol);
  }
}
