package albert.reports.summary;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedScores;
import albert.evaluation.stats.TieGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The letters that variants share which can't be told apart. A variant and its baseline are told
 * apart by the verdict on them and by nothing else, so that letters never contradict it. All other
 * pairs of all metrics are a family of their own, corrected by Holm; and of two variants with the
 * same baseline at least one must be told apart from it, since they can't differ if both are equal
 * to it.
 */
final class Letters {
  /** More variants than this have too many pairs, and get no letters. */
  static final int MOST_TIED = 60;

  private final Map<Integer, Integer> baselines;
  private final Analysis analysis;
  private final Map<ReportMetric, Map<Integer, SeedScores>> scores = new LinkedHashMap<>();
  private final Map<ReportMetric, Map<Integer, Comparison.Verdict>> verdicts = new HashMap<>();

  Letters(Map<Integer, Integer> baselines, Analysis analysis) {
    this.baselines = baselines;
    this.analysis = analysis;
  }

  /** A variant, by index, with its scores. */
  void add(int row, ReportMetric metric, SeedScores own) {
    if (!own.bySeed().isEmpty()) {
      scores.computeIfAbsent(metric, m -> new TreeMap<>()).put(row, own);
    }
  }

  /** The verdict on a variant and its baseline. */
  void judged(int row, ReportMetric metric, Comparison.Verdict verdict) {
    verdicts.computeIfAbsent(metric, m -> new HashMap<>()).put(row, verdict);
  }

  /** Two variants, the better one first. */
  private record Pair(ReportMetric metric, int better, int worse) {}

  /** The places of all variants by each metric. */
  Map<ReportMetric, Map<Integer, Standing.Place>> places() {
    Map<ReportMetric, List<Integer>> ranked = new LinkedHashMap<>();
    scores.forEach(
        (metric, own) -> {
          if (own.size() <= MOST_TIED) {
            ranked.put(metric, ranked(metric, own));
          }
        });
    Set<Pair> apart = apart(ranked);
    Map<ReportMetric, Map<Integer, Standing.Place>> places = new HashMap<>();
    ranked.forEach((metric, rows) -> places.put(metric, places(metric, rows, apart)));
    return places;
  }

  private static List<Integer> ranked(ReportMetric metric, Map<Integer, SeedScores> own) {
    double sign = metric.lowerIsBetter() ? 1 : -1;
    return own.entrySet().stream()
        .sorted(Comparator.comparingDouble(e -> sign * e.getValue().mean().mean()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Set<Pair> apart(Map<ReportMetric, List<Integer>> ranked) {
    boolean anyClaim =
        verdicts.values().stream()
            .flatMap(own -> own.values().stream())
            .anyMatch(Comparison.Verdict::isDifference);
    Set<Pair> apart = new HashSet<>();
    List<Pair> tested = new ArrayList<>();
    List<Comparison.Sides> sides = new ArrayList<>();
    ranked.forEach(
        (metric, rows) -> {
          for (int i = 0; i < rows.size(); i++) {
            for (int j = i + 1; j < rows.size(); j++) {
              Pair pair = new Pair(metric, rows.get(i), rows.get(j));
              if (isOfBaseline(pair)) {
                if (isJudgedApart(metric, pair.better) || isJudgedApart(metric, pair.worse)) {
                  apart.add(pair);
                }
              } else {
                tested.add(pair);
                sides.add(
                    Comparison.Sides.of(
                        scoresOf(metric, pair.better), scoresOf(metric, pair.worse)));
              }
            }
          }
        });
    List<Comparison> found = Comparison.family(sides, analysis);
    for (int i = 0; i < tested.size(); i++) {
      if (found.get(i).verdict().isDifference() && mayDiffer(tested.get(i), anyClaim)) {
        apart.add(tested.get(i));
      }
    }
    return apart;
  }

  private SeedScores scoresOf(ReportMetric metric, int row) {
    return scores.getOrDefault(metric, Map.of()).getOrDefault(row, NO_SCORES);
  }

  private static final SeedScores NO_SCORES = SeedScores.of(new TreeMap<>());

  /** Whether one of them is the other's baseline. */
  private boolean isOfBaseline(Pair pair) {
    return baselines.getOrDefault(pair.better, -1) == pair.worse
        || baselines.getOrDefault(pair.worse, -1) == pair.better;
  }

  private boolean isJudgedApart(ReportMetric metric, int row) {
    Comparison.Verdict verdict = verdicts.getOrDefault(metric, Map.of()).get(row);
    return verdict != null && verdict.isDifference();
  }

  /** Whether the verdicts leave room for a difference. */
  private boolean mayDiffer(Pair pair, boolean anyClaim) {
    if (verdicts.getOrDefault(pair.metric, Map.of()).isEmpty()) {
      return true;
    }
    boolean sameBaseline =
        baselines
            .getOrDefault(pair.better, pair.better)
            .equals(baselines.getOrDefault(pair.worse, pair.worse));
    return sameBaseline
        ? isJudgedApart(pair.metric, pair.better) || isJudgedApart(pair.metric, pair.worse)
        : anyClaim;
  }

  private Map<Integer, Standing.Place> places(
      ReportMetric metric, List<Integer> rows, Set<Pair> apart) {
    TieGroups groups =
        TieGroups.of(
            rows.size(), (i, j) -> apart.contains(new Pair(metric, rows.get(i), rows.get(j))));
    Map<Integer, Standing.Place> places = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      places.put(
          rows.get(i),
          new Standing.Place(groups.letters(i), rows.size() > 1 && groups.isSoleWinner(i)));
    }
    return places;
  }
}
