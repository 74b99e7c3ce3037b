package albert.reports.summary;

import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a logged figure of a variant went over the steps of training.
 *
 * @param variant name of the variant
 * @param series number of its look in figures
 * @param figure its name in {@code metrics.jsonl}
 * @param points by step, over the seeds that logged it
 */
public record LearningCurve(
    String variant, int series, String figure, SortedMap<Long, SeedSummary> points) {
  /** Variants whose curves a figure can still tell apart. */
  private static final int MOST_VARIANTS = 8;

  private static final int MOST_POINTS = 120;
  private static final long BUDGET_BYTES = 60_000_000;
  private static final List<String> FIGURES =
      List.of("train_loss", "loss", "eval_loss", "dev_loss");

  public LearningCurve {
    points = new TreeMap<>(points);
  }

  /** The curves of the first variants, as far as their runs logged anything. */
  static List<LearningCurve> of(
      List<ReportRow> rows, Function<RunRecord, Optional<RunDirectory>> folders) {
    List<LearningCurve> curves = new ArrayList<>();
    long[] budget = {BUDGET_BYTES};
    rows.stream()
        .filter(row -> row.kind() != ReportRow.Kind.REFERENCE && !row.runs().isEmpty())
        .limit(MOST_VARIANTS)
        .forEach(row -> curves.addAll(of(row, folders, budget)));
    return curves;
  }

  private static List<LearningCurve> of(
      ReportRow row, Function<RunRecord, Optional<RunDirectory>> folders, long[] budget) {
    Map<String, SortedMap<Long, List<Double>>> values = new TreeMap<>();
    for (RunRecord run : row.runs()) {
      Map<Long, Map<String, @Nullable Double>> steps = new TreeMap<>();
      for (MetricsLine line :
          folders.apply(run).map(folder -> read(folder.metrics(), budget)).orElse(List.of())) {
        steps.computeIfAbsent(line.step(), step -> new TreeMap<>()).putAll(line.values());
      }
      steps.forEach((step, logged) -> put(values, step, logged));
    }
    List<LearningCurve> curves = new ArrayList<>();
    values.forEach(
        (figure, points) -> {
          if (points.size() > 1 && isShown(figure) && !Score.isPart(figure, values.keySet())) {
            curves.add(new LearningCurve(row.name(), row.series(), figure, thinned(points)));
          }
        });
    return curves;
  }

  private static boolean isShown(String figure) {
    return FIGURES.contains(figure) || figure.startsWith("dev_") || figure.startsWith("eval_");
  }

  /** What a run logged of a step; of a step that it logged twice, the later. */
  private static void put(
      Map<String, SortedMap<Long, List<Double>>> values,
      long step,
      Map<String, @Nullable Double> logged) {
    logged.forEach(
        (figure, value) -> {
          if (value != null) {
            values
                .computeIfAbsent(figure, name -> new TreeMap<>())
                .computeIfAbsent(step, key -> new ArrayList<>())
                .add(value);
          }
        });
  }

  private static SortedMap<Long, SeedSummary> thinned(SortedMap<Long, List<Double>> points) {
    int each = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    SortedMap<Long, SeedSummary> kept = new TreeMap<>();
    int i = 0;
    for (Map.Entry<Long, List<Double>> point : points.entrySet()) {
      if (i % each == 0 || i == points.size() - 1) {
        double[] values = point.getValue().stream().mapToDouble(Double::doubleValue).toArray();
        kept.put(point.getKey(), SeedSummary.of(values, 0));
      }
      i++;
    }
    return kept;
  }

  private static List<MetricsLine> read(Path file, long[] budget) {
    try {
      long size = Files.size(file);
      if (size > budget[0]) {
        return List.of();
      }
      budget[0] -= size;
      return MetricsLog.read(file);
    } catch (IOException unusedNotThere) {
      return List.of();
    }
  }
}
