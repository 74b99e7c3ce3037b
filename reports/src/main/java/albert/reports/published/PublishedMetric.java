package albert.reports.published;

import albert.reports.summary.ReportMetric;
import java.util.List;

/**
 * What a column of the published tables is in our records.
 *
 * @param published name of the column
 * @param task task id of ours
 * @param metric metric id of ours
 * @param scale what a score of ours is multiplied by to be on the published scale
 * @param benchmark what it belongs to; with it goes the {@link PublishedProtocol}
 * @param isNamed whether the source names the metric: GLUE has two for some tasks
 */
record PublishedMetric(
    String published, String task, String metric, double scale, String benchmark, boolean isNamed) {
  /** The parts that the paper scores: dev, and for pretraining what was held out of the text. */
  private static final List<String> SPLITS = List.of("dev", "held-out");

  /** All columns that we have a metric for. */
  static List<PublishedMetric> all() {
    return PublishedTable.read("metrics.csv").stream()
        .map(
            row ->
                new PublishedMetric(
                    row.getOrDefault("published", ""),
                    row.getOrDefault("task", ""),
                    row.getOrDefault("metric", ""),
                    Double.parseDouble(row.getOrDefault("scale", "1")),
                    row.getOrDefault("benchmark", ""),
                    row.getOrDefault("named", "no").equals("yes")))
        .toList();
  }

  /** Whether a published figure and a metric of a report are of this kind. */
  boolean is(PublishedNumber number, ReportMetric ours) {
    return published.equals(number.metric())
        && task.equals(ours.task())
        && metric.equals(ours.metric())
        && SPLITS.contains(ours.split());
  }
}
