package albert.reports.summary;

import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedKey;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A variant with its runs, or a reference that has scores and no runs.
 *
 * @param name what the report calls it
 * @param kind what it is
 * @param series number of its look in figures
 * @param values the varied keys and its values
 * @param runs its runs by seed; none for a reference, or where none was begun
 * @param scores by metric, over the seeds; a metric that none of its runs speaks of is missing
 */
public record ReportRow(
    String name,
    Kind kind,
    int series,
    SortedMap<String, Object> values,
    List<RunRecord> runs,
    Map<ReportMetric, SeedSummary> scores) {
  public ReportRow {
    runs = List.copyOf(runs);
    scores = new LinkedHashMap<>(scores);
  }

  /** What a row is. */
  public enum Kind {
    /** A variant of the study. */
    VARIANT,
    /** A variant that others are compared with. */
    BASELINE,
    /** No run, but something to compare with for honesty. */
    REFERENCE
  }

  /** Its size; empty where no run got as far as to know it. */
  public Optional<ModelSize> size() {
    return runs.stream().map(RunRecord::size).filter(Objects::nonNull).findFirst();
  }

  /** Whether both sizes are known, and it has fewer parameters. */
  boolean isSmallerThan(ReportRow other) {
    return size().isPresent()
        && other.size().isPresent()
        && size().get().encoderParameters() < other.size().get().encoderParameters();
  }

  /** Scores of a metric; empty if there is no figure. */
  public Optional<SeedSummary> score(ReportMetric metric) {
    return Optional.ofNullable(scores.get(metric)).filter(s -> s.n() > 0);
  }

  /**
   * The headline scores of a metric by seed; a seed without a score is missing, and of several runs
   * with one seed it is their mean.
   */
  public SortedMap<SeedKey, Double> bySeed(ReportMetric metric) {
    SortedMap<SeedKey, List<Double>> found = new TreeMap<>();
    for (RunRecord run : runs) {
      run.headlineScores().stream()
          .filter(metric::isOf)
          .map(Score::value)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(
              value -> found.computeIfAbsent(seeds(run), key -> new ArrayList<>()).add(value));
    }
    SortedMap<SeedKey, Double> bySeed = new TreeMap<>();
    found.forEach(
        (seed, values) ->
            bySeed.put(
                seed, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return bySeed;
  }

  /** The seeds of a run. */
  static SeedKey seeds(RunRecord run) {
    return new SeedKey(run.initSeed(), run.dataSeed());
  }

  /** Its value of a key that varies, as tables write it; empty if it has none. */
  public String text(String key) {
    Object value = values.get(key);
    return value == null ? "" : VariantKey.text(value);
  }

  /** What its shape costs; empty where no run has counted it. */
  public Optional<ModelCosts> costs() {
    return runs.stream().map(RunRecord::costs).filter(Objects::nonNull).findFirst();
  }

  /** A measured figure over the finished runs; empty where none has it. */
  public Optional<SeedSummary> measured(Function<Performance, @Nullable Double> figure) {
    double[] values = measurements(figure);
    return values.length == 0 ? Optional.empty() : Optional.of(SeedSummary.of(values, 0));
  }

  /** The measurements of the finished runs that have them. */
  public double[] measurements(Function<Performance, @Nullable Double> figure) {
    return runs.stream()
        .filter(run -> run.status() == RunStatus.FINISHED)
        .map(run -> figure.apply(run.performance()))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** How many of its runs came so far. */
  public int count(RunStatus status) {
    return (int) runs.stream().filter(run -> run.status() == status).count();
  }
}
