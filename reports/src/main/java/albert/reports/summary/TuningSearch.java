package albert.reports.summary;

import albert.evaluation.stats.ExpectedMaximum;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The runs of a model with several values of keys of tuning, as draws from a search over these keys
 * and the seeds.
 *
 * @param name of the model
 * @param metric by which
 * @param scores of its runs on dev
 * @param failed runs that failed, which are no draws
 * @param undefined runs with an undefined score, which are none either
 * @param keys of tuning that have more than one value, each with the number of its values
 */
public record TuningSearch(
    String name,
    ReportMetric metric,
    List<Double> scores,
    int failed,
    int undefined,
    SortedMap<String, Integer> keys) {
  /** Fewer runs than this of a model are no search. */
  public static final int FEWEST_RUNS = 5;

  /** Numbers of runs for which the expected best is given. */
  public static final List<Integer> BUDGETS = List.of(1, 2, 5, 10);

  private static final Set<String> TUNING =
      Set.of("learning_rate", "batch_size", "epochs", "warmup_proportion", "weight_decay");

  public TuningSearch {
    scores = List.copyOf(scores);
    keys = new TreeMap<>(keys);
  }

  /**
   * The searches of a study that varies a key of tuning beside one that makes another model; none
   * elsewhere.
   */
  public static List<TuningSearch> of(ReportModel model) {
    boolean models =
        model.keys().stream()
            .anyMatch(key -> !TUNING.contains(key) && !key.equals(SeveralTasks.KEY));
    if (!models || model.keys().stream().noneMatch(TUNING::contains)) {
      return List.of();
    }
    Map<SortedMap<String, Object>, List<ReportRow>> groups = new LinkedHashMap<>();
    for (ReportRow row : model.variants()) {
      SortedMap<String, Object> values = new TreeMap<>(row.values());
      values.keySet().removeAll(TUNING);
      groups.computeIfAbsent(values, key -> new ArrayList<>()).add(row);
    }
    List<TuningSearch> searches = new ArrayList<>();
    for (ReportMetric metric : model.primaryMetrics()) {
      if (metric.split().startsWith("dev")) {
        groups.forEach((values, rows) -> searches.add(of(values, rows, metric)));
      }
    }
    searches.removeIf(search -> search.scores.size() < FEWEST_RUNS || search.keys.isEmpty());
    return searches;
  }

  private static TuningSearch of(
      SortedMap<String, Object> values, List<ReportRow> rows, ReportMetric metric) {
    List<ReportRow> scored = rows.stream().filter(row -> row.score(metric).isPresent()).toList();
    SortedMap<String, Integer> keys = new TreeMap<>();
    for (String key : TUNING) {
      int different = (int) scored.stream().map(row -> row.text(key)).distinct().count();
      if (different > 1) {
        keys.put(key, different);
      }
    }
    return new TuningSearch(
        VariantKey.name(values),
        metric,
        scored.stream().flatMap(row -> row.bySeed(metric).values().stream()).toList(),
        count(rows, metric, SeedSummary::failed),
        count(rows, metric, SeedSummary::undefined),
        keys);
  }

  private static int count(
      List<ReportRow> rows, ReportMetric metric, ToIntFunction<SeedSummary> ofRow) {
    return rows.stream()
        .map(row -> row.scores().get(metric))
        .filter(Objects::nonNull)
        .mapToInt(ofRow)
        .sum();
  }

  /**
   * The expected best score of as many of the runs, drawn with replacement; the least of a loss.
   * Empty for a budget above the number of runs.
   */
  public OptionalDouble expectedBest(int budget) {
    double sign = metric.lowerIsBetter() ? -1 : 1;
    return budget > scores.size()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            sign
                * ExpectedMaximum.of(
                    scores.stream().mapToDouble(score -> sign * score).toArray(), budget));
  }
}
