package albert.reports.summary;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedDifference;
import albert.evaluation.stats.SeedSummary;
import albert.evaluation.stats.TieGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * All comparisons of a report: each variant with its baseline, one family a metric, and with the
 * other variants.
 *
 * @param baselines index of the row that a variant is compared with, by the variant's index
 * @param byRow by index of the row
 */
public record Standings(Map<Integer, Integer> baselines, List<Map<ReportMetric, Standing>> byRow) {
  /** More variants than this are told apart from the best only, not from each other. */
  private static final int MOST_TIED = 60;

  /** Copies its arguments. */
  public Standings {
    baselines = Map.copyOf(baselines);
    byRow = List.copyOf(byRow);
  }

  static Standings of(
      StudyDescription study,
      SortedSet<String> keys,
      List<ReportRow> rows,
      List<ReportMetric> metrics,
      PredictionEvidence evidence) {
    Map<Integer, Integer> baselines = baselines(study, keys, rows);
    List<Map<ReportMetric, Standing>> byRow = new ArrayList<>();
    rows.forEach(row -> byRow.add(new LinkedHashMap<>()));
    for (ReportMetric metric : metrics) {
      Map<Integer, Comparison> comparisons = comparisons(rows, metric, baselines);
      Map<Integer, String> groups = groups(rows, metric);
      boolean alone = groups.values().stream().filter(g -> g.startsWith("a")).count() == 1;
      for (int i = 0; i < rows.size(); i++) {
        ReportRow row = rows.get(i);
        Comparison comparison = comparisons.get(i);
        Integer baseline = baselines.get(i);
        PredictionEvidence.Found found =
            comparison == null || baseline == null
                ? PredictionEvidence.Found.NOTHING
                : evidence.compare(row, rows.get(baseline), metric);
        String group = groups.getOrDefault(i, "");
        byRow
            .get(i)
            .put(
                metric,
                new Standing(
                    Optional.ofNullable(comparison),
                    found.items(),
                    found.models(),
                    group,
                    alone && group.equals("a") && groups.size() > 1));
      }
    }
    return new Standings(baselines, byRow);
  }

  private static Map<Integer, Integer> baselines(
      StudyDescription study, SortedSet<String> keys, List<ReportRow> rows) {
    Map<SortedMap<String, Object>, Integer> byValues = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).kind() == ReportRow.Kind.BASELINE) {
        byValues.putIfAbsent(rows.get(i).values(), i);
      }
    }
    Map<Integer, Integer> baselines = new HashMap<>();
    for (int i = 0; i < rows.size() && !study.baseline().isEmpty(); i++) {
      if (rows.get(i).kind() == ReportRow.Kind.VARIANT) {
        Integer baseline =
            byValues.get(ReportModel.baselineValues(study, keys, rows.get(i).values()));
        if (baseline != null) {
          baselines.put(i, baseline);
        }
      }
    }
    return baselines;
  }

  private static Map<Integer, Comparison> comparisons(
      List<ReportRow> rows, ReportMetric metric, Map<Integer, Integer> baselines) {
    List<Integer> compared = new ArrayList<>();
    List<Comparison.Sides<SeedKey>> sides = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Integer baseline = baselines.get(i);
      if (baseline != null
          && rows.get(i).score(metric).isPresent()
          && rows.get(baseline).score(metric).isPresent()) {
        compared.add(i);
        sides.add(
            new Comparison.Sides<>(rows.get(i).bySeed(metric), rows.get(baseline).bySeed(metric)));
      }
    }
    List<Comparison> family = Comparison.family(sides);
    Map<Integer, Comparison> comparisons = new HashMap<>();
    for (int i = 0; i < compared.size(); i++) {
      comparisons.put(compared.get(i), family.get(i));
    }
    return comparisons;
  }

  private static Map<Integer, String> groups(List<ReportRow> rows, ReportMetric metric) {
    List<Integer> ranked = new ArrayList<>();
    List<SeedSummary> scores = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).kind() != ReportRow.Kind.REFERENCE && rows.get(i).score(metric).isPresent()) {
        ranked.add(i);
      }
    }
    double sign = metric.lowerIsBetter() ? 1 : -1;
    ranked.sort(
        Comparator.comparingDouble(
            i -> sign * rows.get(i).score(metric).orElseThrow().mean().orElseThrow()));
    ranked.forEach(i -> scores.add(rows.get(i).score(metric).orElseThrow()));
    Map<Integer, String> letters = new LinkedHashMap<>();
    if (ranked.size() > MOST_TIED) {
      for (int i = 0; i < ranked.size(); i++) {
        letters.put(ranked.get(i), tiedWithBest(scores, i) ? "a" : "–");
      }
      return letters;
    }
    TieGroups ties = TieGroups.of(scores);
    for (int i = 0; i < ranked.size(); i++) {
      letters.put(ranked.get(i), ties.letters(i));
    }
    return letters;
  }

  private static boolean tiedWithBest(List<SeedSummary> scores, int i) {
    SeedDifference.Verdict verdict = scores.get(0).minus(scores.get(i)).verdict();
    return i == 0
        || verdict == SeedDifference.Verdict.WITHIN_NOISE
        || verdict == SeedDifference.Verdict.UNKNOWN;
  }
}
