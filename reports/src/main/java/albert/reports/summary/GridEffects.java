package albert.reports.summary;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Correction;
import albert.evaluation.stats.MeanContrast;
import albert.evaluation.stats.MeanEstimate;
import albert.evaluation.stats.SeedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Finds the grids in a report's variants, and the effects of their keys. */
final class GridEffects {
  /** More effects of a grid than this tell nobody anything. */
  private static final int MOST_EFFECTS = 40;

  private final AnalysisPlan plan;
  private final Standings standings;

  GridEffects(AnalysisPlan plan, Standings standings) {
    this.plan = plan;
    this.standings = standings;
  }

  /** The effects by the primary metrics; none where the variants are no full grid. */
  List<GridEffect> of(List<ReportRow> rows, Set<String> keys) {
    List<GridEffect> effects = new ArrayList<>();
    for (ReportMetric metric : plan.primary()) {
      List<ReportRow> scored =
          rows.stream()
              .filter(
                  row -> row.kind() != ReportRow.Kind.REFERENCE && row.score(metric).isPresent())
              .toList();
      Map<String, List<String>> levels = levels(scored, keys);
      if (isFullGrid(scored, levels) && scored.stream().allMatch(row -> isSound(row, metric))) {
        effects.addAll(new Grid(metric, scored, levels).effects());
      }
    }
    List<OptionalDouble> adjusted =
        Correction.HOLM.adjust(effects.stream().map(GridEffect::p).toList());
    List<GridEffect> corrected = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      corrected.add(effects.get(i).withP(adjusted.get(i)));
    }
    return corrected;
  }

  /** The values of each key that varies, the baseline's first. */
  private static Map<String, List<String>> levels(List<ReportRow> rows, Set<String> keys) {
    Map<String, List<String>> levels = new LinkedHashMap<>();
    for (String key : keys) {
      Set<String> values = new LinkedHashSet<>();
      rows.stream()
          .filter(row -> row.kind() == ReportRow.Kind.BASELINE)
          .forEach(row -> values.add(row.text(key)));
      rows.forEach(row -> values.add(row.text(key)));
      if (values.size() > 1) {
        levels.put(key, List.copyOf(values));
      }
    }
    return levels;
  }

  private static boolean isFullGrid(List<ReportRow> rows, Map<String, List<String>> levels) {
    long cells = levels.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
    long different = rows.stream().map(row -> texts(row, levels)).distinct().count();
    return levels.size() > 1 && cells == rows.size() && cells == different;
  }

  private static List<String> texts(ReportRow row, Map<String, List<String>> levels) {
    return levels.keySet().stream().map(row::text).toList();
  }

  /** Whether something can be concluded from a variant's scores. */
  private boolean isSound(ReportRow row, ReportMetric metric) {
    return standings
        .byRow()
        .get(row.series())
        .getOrDefault(metric, Standing.NONE)
        .scores()
        .supportsAConclusion();
  }

  /** A full grid. */
  private final class Grid {
    private final ReportMetric metric;
    private final List<ReportRow> rows;
    private final Map<String, List<String>> levels;
    private final List<SortedMap<SeedKey, Double>> scores;
    private final List<MeanEstimate> means;

    Grid(ReportMetric metric, List<ReportRow> rows, Map<String, List<String>> levels) {
      this.metric = metric;
      this.rows = rows;
      this.levels = levels;
      this.scores = rows.stream().map(row -> row.bySeed(metric)).toList();
      this.means = scores.stream().map(MeanEstimate::of).toList();
    }

    /** Main effects, and interactions if all of them together are not too many. */
    List<GridEffect> effects() {
      List<GridEffect.Change> changes = new ArrayList<>();
      levels.forEach(
          (key, values) ->
              values.stream()
                  .skip(1)
                  .forEach(value -> changes.add(new GridEffect.Change(key, values.get(0), value))));
      if (changes.size() > MOST_EFFECTS) {
        return List.of();
      }
      List<GridEffect> effects = new ArrayList<>();
      changes.forEach(change -> effects.add(effect(change, null)));
      List<GridEffect> interactions = new ArrayList<>();
      for (GridEffect.Change one : changes) {
        for (GridEffect.Change other : changes) {
          if (one.key().compareTo(other.key()) < 0) {
            interactions.add(effect(one, other));
          }
        }
      }
      if (effects.size() + interactions.size() <= MOST_EFFECTS) {
        effects.addAll(interactions);
      }
      return effects;
    }

    private GridEffect effect(GridEffect.Change change, GridEffect.@Nullable Change where) {
      double[] weights = new double[rows.size()];
      Arrays.setAll(
          weights, i -> sign(rows.get(i), change) * (where == null ? 1 : sign(rows.get(i), where)));
      double cells = Arrays.stream(weights).filter(weight -> weight > 0).count();
      double share = where == null ? cells : cells / 2;
      Arrays.setAll(weights, i -> weights[i] / share);
      MeanContrast model = model(weights);
      return new GridEffect(
          metric,
          change.key(),
          change.from(),
          change.to(),
          where,
          model,
          model.defined() ? OptionalDouble.of(model.p()) : OptionalDouble.empty());
    }

    private int sign(ReportRow row, GridEffect.Change change) {
      String value = row.text(change.key());
      return value.equals(change.to()) ? 1 : value.equals(change.from()) ? -1 : 0;
    }

    private MeanContrast model(double[] weights) {
      if (!plan.analysis().paired()) {
        return MeanContrast.of(weights, means);
      }
      return MeanEstimate.ofSums(weights, scores)
          .filter(mean -> mean.n() >= Analysis.FEWEST_SEEDS)
          .map(MeanContrast::of)
          .orElse(new MeanContrast(Double.NaN, Double.NaN, Double.NaN));
    }
  }
}
