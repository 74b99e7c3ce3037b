package albert.reports.summary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * All comparisons of a report: each variant with its baseline, and with the other variants.
 *
 * @param baselines index of the row that a variant is compared with, by the variant's index
 * @param byRow by index of the row
 * @param failing the metrics that a run has no score by, as it failed
 * @param undefined the metrics that a run has an undefined score by
 */
public record Standings(
    Map<Integer, Integer> baselines,
    List<Map<ReportMetric, Standing>> byRow,
    Set<ReportMetric> failing,
    Set<ReportMetric> undefined) {

  /** Copies its arguments. */
  public Standings {
    baselines = Map.copyOf(baselines);
    byRow = List.copyOf(byRow);
    failing = Set.copyOf(failing);
    undefined = Set.copyOf(undefined);
  }

  /** The row that each variant is compared with, by index. */
  static Map<Integer, Integer> baselines(
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
}
