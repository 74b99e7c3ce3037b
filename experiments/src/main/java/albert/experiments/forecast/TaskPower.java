package albert.experiments.forecast;

import albert.evaluation.metric.Metric;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Power;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The smallest differences that a study can find on a task, with a chance of 80 %.
 *
 * @param task its id
 * @param seeds of each variant
 * @param comparisons of variants with their baselines, of all tasks: they are one family
 * @param deviations the difference that seeds resolve, in standard deviations of a variant's seeds;
 *     null if no test can find any
 * @param deviation standard deviation of the seeds in the runs that are finished; null where there
 *     are none, and where all seeds have the same score
 * @param resolvable their product, on the scale of the metric that claims are about
 * @param items examples of dev; null where the data is missing
 * @param resolvableByItems difference of accuracy that dev resolves if two models disagree on a
 *     tenth of it; null without accuracy
 * @param sentence all of it
 */
public record TaskPower(
    String task,
    int seeds,
    int comparisons,
    @Nullable Double deviations,
    @Nullable Double deviation,
    @Nullable Double resolvable,
    @Nullable Long items,
    @Nullable Double resolvableByItems,
    String sentence) {

  private static final double DISCORDANT = 0.1;

  /**
   * Works it out.
   *
   * @param metric that claims are about
   * @param comparisons that the study's report will make, of all tasks
   * @param items examples of dev; null where unknown
   * @param records of the study's runs so far
   */
  static TaskPower of(
      String task,
      String metric,
      int seeds,
      int comparisons,
      Analysis analysis,
      @Nullable Long items,
      List<RunRecord> records) {
    double found = Power.resolvable(seeds, comparisons, analysis);
    Double deviations = Double.isInfinite(found) ? null : found;
    OptionalDouble seen = deviation(task, metric, records);
    Double deviation = seen.isPresent() ? seen.getAsDouble() : null;
    Double resolvable = deviations == null || deviation == null ? null : deviations * deviation;
    Double byItems =
        items == null || !metric.equals(Metric.ACCURACY.id())
            ? null
            : Power.resolvableAccuracy(items, DISCORDANT, comparisons, analysis);
    String sentence = task + ": " + Power.sentence(seeds, comparisons, analysis);
    if (resolvable != null) {
      sentence +=
          String.format(
              Locale.ROOT, ", %.4f of %s by the runs so far", resolvable, metric.replace('_', ' '));
    }
    if (byItems != null) {
      sentence +=
          String.format(
              Locale.ROOT,
              "; the %,d examples of dev find %.1f points where two models disagree on a tenth",
              items,
              100 * byItems);
    }
    return new TaskPower(
        task, seeds, comparisons, deviations, deviation, resolvable, items, byItems, sentence);
  }

  /** Of a metric over the seeds of a variant, pooled over the variants. */
  private static OptionalDouble deviation(String task, String metric, List<RunRecord> records) {
    Map<Map<String, Object>, List<Double>> byVariant = new HashMap<>();
    for (RunRecord run : records) {
      if (run.status() == RunStatus.FINISHED) {
        run.headlineScores().stream()
            .filter(score -> score.task().equals(task) && score.metric().equals(metric))
            .map(Score::value)
            .filter(Objects::nonNull)
            .findFirst()
            .ifPresent(
                value ->
                    byVariant
                        .computeIfAbsent(
                            RunTimes.identity(run).orElseGet(run::variant),
                            key -> new ArrayList<>())
                        .add(value));
      }
    }
    List<Double> variances = new ArrayList<>();
    for (List<Double> values : byVariant.values()) {
      if (values.size() > 1) {
        double[] scores = values.stream().mapToDouble(Double::doubleValue).toArray();
        double sd = SeedSummary.of(scores, 0).standardDeviation().orElseThrow();
        variances.add(sd * sd);
      }
    }
    return variances.stream().noneMatch(variance -> variance > 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.sqrt(variances.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
  }
}
