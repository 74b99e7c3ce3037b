package albert.reports.output;

import albert.evaluation.stats.SeedSummary;
import albert.reports.figure.Figure;
import albert.reports.figure.HeatMap;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figure over two knobs, where the variants of a task differ in exactly two. */
final class TwoKnobs {
  private static final int MOST_VALUES = 12;

  private TwoKnobs() {}

  static Optional<Figure> of(ReportModel model, ReportMetric metric) {
    List<ReportRow> scored =
        model.variants().stream().filter(row -> row.score(metric).isPresent()).toList();
    List<String> keys = new ArrayList<>();
    for (String key : model.keys()) {
      if (values(scored, key).size() > 1) {
        keys.add(key);
      }
    }
    if (keys.size() != 2) {
      return Optional.empty();
    }
    List<String> columns = values(scored, keys.get(0));
    List<String> rows = values(scored, keys.get(1));
    if (columns.size() > MOST_VALUES || rows.size() > MOST_VALUES) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    List<List<HeatMap.@Nullable Field>> fields = new ArrayList<>();
    for (String row : rows) {
      List<HeatMap.@Nullable Field> line = new ArrayList<>();
      for (String column : columns) {
        Optional<SeedSummary> score =
            scored.stream()
                .filter(r -> text(r, keys.get(0)).equals(column))
                .filter(r -> text(r, keys.get(1)).equals(row))
                .findFirst()
                .flatMap(r -> r.score(metric));
        line.add(score.map(s -> field(s, metric)).orElse(null));
        score.ifPresent(
            s ->
                words.add(
                    String.format(
                        Locale.ROOT,
                        "%s %s, %s %s: %s",
                        keys.get(0),
                        column,
                        keys.get(1),
                        row,
                        Numbers.meanAndDeviation(s, metric.decimals()))));
      }
      fields.add(line);
    }
    String name = metric.columnName().replace('_', '-').toLowerCase(Locale.ROOT);
    return Optional.of(
        new HeatMap(
                name + "-by-two-knobs",
                capital(metric.label()) + " over " + keys.get(0) + " and " + keys.get(1),
                String.join("; ", words) + ".",
                keys.get(0),
                keys.get(1),
                columns,
                rows,
                fields)
            .draw());
  }

  private static HeatMap.Field field(SeedSummary score, ReportMetric metric) {
    return new HeatMap.Field(
        score.mean().orElseThrow(),
        Numbers.fixed(score.mean().orElseThrow(), metric.decimals()),
        (score.standardDeviation().isPresent()
                ? "± "
                    + Numbers.fixed(score.standardDeviation().getAsDouble(), metric.decimals())
                    + ", "
                : "")
            + "n = "
            + score.n());
  }

  private static List<String> values(List<ReportRow> rows, String key) {
    Set<String> values = new LinkedHashSet<>();
    rows.stream()
        .sorted(
            java.util.Comparator.comparingDouble(
                row -> row.values().get(key) instanceof Number number ? number.doubleValue() : 0))
        .forEach(row -> values.add(text(row, key)));
    return List.copyOf(values);
  }

  private static String text(ReportRow row, String key) {
    return row.text(key);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
