package albert.reports.summary;

import albert.evaluation.metric.BenchmarkAverage;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.Score;

/**
 * A kind of score that the report has a column for.
 *
 * @param task task id
 * @param metric metric id
 * @param split what was scored
 * @param label what the report calls it
 * @param decimals digits after the point that are shown
 */
public record ReportMetric(String task, String metric, String split, String label, int decimals) {
  /** Digits of a metric whose best value is 1. */
  static final int FRACTION_DECIMALS = 4;

  /** A column name for tables that programs read. */
  public String columnName() {
    return (label + " " + split).strip().replaceAll("[^\\p{Alnum}]+", "_");
  }

  /** What a whole is in the metric's unit: 100 for those from 0 to 100, else 1. */
  public double scale() {
    return decimals >= FRACTION_DECIMALS || lowerIsBetter() ? 1 : 100;
  }

  /** Whether less is better: a loss, a perplexity, an error. */
  public boolean lowerIsBetter() {
    return metric.contains("loss")
        || metric.contains("perplexity")
        || Metric.of(metric).filter(Metric::lowerIsBetter).isPresent();
  }

  /** Whether it is what an average needs. */
  public boolean is(BenchmarkAverage.Needed needed) {
    return task.equals(needed.task())
        && metric.equals(needed.metric())
        && split.equals(needed.split());
  }

  /** Whether a score is of this kind. */
  public boolean isOf(Score score) {
    return score.task().equals(task)
        && score.metric().equals(metric)
        && score.split().equals(split);
  }
}
