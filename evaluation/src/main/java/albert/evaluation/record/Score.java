package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a run, or the reason why there is none. Exactly one of value and reason is there: a
 * score that is undefined or failed is absent, never a made-up number.
 *
 * @param task task id, for example {@code mrpc}
 * @param metric metric id, for example {@code f1}
 * @param split what was scored, for example {@code dev}
 * @param value a finite number on the metric's own scale, or null
 * @param reason why there is no value, or null
 * @param n number of examples scored
 * @param protocol how the model was chosen, for example {@code last} or {@code best on dev of 5}
 */
public record Score(
    String task,
    String metric,
    String split,
    @Nullable Double value,
    @Nullable String reason,
    long n,
    String protocol) {
  public Score {
    Require.text("task", task);
    Require.text("metric", metric);
    Require.text("split", split);
    Require.text("protocol", protocol);
    Require.notNegative("n", n);
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s of %s is %s: a score that is no number is absent, with its reason",
              metric,
              task,
              value));
    }
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s of %s has value %s and reason '%s': exactly one of them is needed",
              metric,
              task,
              value,
              reason));
    }
    if (reason != null) {
      Require.text("reason", reason);
    }
  }

  /** A score that is defined. */
  public static Score of(
      String task, String metric, String split, double value, long n, String protocol) {
    return new Score(task, metric, split, value, null, n, protocol);
  }

  /** A score that is undefined or could not be had. */
  public static Score absent(
      String task, String metric, String split, String reason, long n, String protocol) {
    return new Score(task, metric, split, null, reason, n, protocol);
  }

  /**
   * What tables compare: the scores of the first score's protocol. Those of other protocols, which
   * may be of the same metric on the same examples, stand beside them in the record, and so do
   * those of a part of what another one is of, on the same examples: {@code f1_person} beside
   * {@code f1}. A part of the examples, such as those of {@code accuracy_middle} beside {@code
   * accuracy}, is compared in its own right.
   */
  public static List<Score> headlines(List<Score> scores) {
    List<Score> first =
        scores.stream().filter(score -> score.protocol().equals(scores.get(0).protocol())).toList();
    return first.stream().filter(score -> first.stream().noneMatch(score::isPartOf)).toList();
  }

  private boolean isPartOf(Score whole) {
    return isPart(metric, List.of(whole.metric)) && n == whole.n;
  }

  /**
   * Whether a metric is of a part of what another one is of: {@code f1_person} beside {@code f1}.
   */
  public static boolean isPart(String metric, Collection<String> metrics) {
    return metrics.stream().anyMatch(whole -> metric.startsWith(whole + "_"));
  }
}
