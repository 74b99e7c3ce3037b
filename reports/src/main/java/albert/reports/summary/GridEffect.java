package albert.reports.summary;

import albert.evaluation.stats.MeanContrast;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a varied key does on average over the others, or how much one key changes what another does,
 * where the variants are a full grid. It is a contrast of the variants' means (main effects and
 * interactions of a factorial design; Montgomery, Design and Analysis of Experiments, chapter 5).
 *
 * @param metric by which
 * @param key that changes
 * @param from its value on one side, the baseline's
 * @param to its value on the other side
 * @param where the other key and its values; null for the main effect
 * @param model of the effect
 * @param p corrected by Holm for all effects of the report
 */
public record GridEffect(
    ReportMetric metric,
    String key,
    String from,
    String to,
    @Nullable Change where,
    MeanContrast model,
    OptionalDouble p) {

  /**
   * A key whose value changes.
   *
   * @param key its name
   * @param from one value
   * @param to the other
   */
  public record Change(String key, String from, String to) {}

  /** Whether it is about two keys. */
  public boolean isInteraction() {
    return where != null;
  }

  /** What it is the effect of. */
  public String name() {
    String change = key + " " + to + " instead of " + from;
    return where == null
        ? change
        : change + ", with " + where.key() + " " + where.to() + " against " + where.from();
  }

  GridEffect withP(OptionalDouble corrected) {
    return new GridEffect(metric, key, from, to, where, model, corrected);
  }
}
