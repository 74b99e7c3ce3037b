package albert.reports.output;

import albert.reports.figure.Figure;
import albert.reports.figure.LinePlot;
import albert.reports.figure.ScatterPlot;
import albert.reports.summary.LearningCurve;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The figures of how training went: a logged figure over the steps, a curve a variant. */
final class Curves {
  private Curves() {}

  static List<Figure> of(ReportModel model) {
    Map<String, List<LearningCurve>> byFigure = new LinkedHashMap<>();
    model
        .curves()
        .forEach(c -> byFigure.computeIfAbsent(c.figure(), name -> new ArrayList<>()).add(c));
    List<Figure> figures = new ArrayList<>();
    byFigure.forEach((name, curves) -> figures.add(plot(name, curves).draw()));
    return figures;
  }

  private static LinePlot plot(String figure, List<LearningCurve> curves) {
    String words = figure.replace('_', ' ');
    List<String> ends =
        curves.stream()
            .map(
                curve ->
                    String.format(
                        Locale.ROOT,
                        "%s: %s at step %s, %s at step %s",
                        curve.variant(),
                        at(curve, curve.points().firstKey()),
                        curve.points().firstKey(),
                        at(curve, curve.points().lastKey()),
                        curve.points().lastKey()))
            .toList();
    return new LinePlot(
        "curve-" + figure.replaceAll("[^a-zA-Z0-9]+", "-").toLowerCase(Locale.ROOT),
        "Learning curves: " + words,
        String.join("; ", ends) + ".",
        new ScatterPlot.AxisTitle("optimizer step", false),
        new ScatterPlot.AxisTitle(words + ", mean ± sd over seeds", false),
        curves.stream().map(Curves::curve).toList());
  }

  private static String at(LearningCurve curve, Long step) {
    return Numbers.meanAndDeviation(Objects.requireNonNull(curve.points().get(step)), 3);
  }

  private static LinePlot.Curve curve(LearningCurve curve) {
    return new LinePlot.Curve(
        curve.variant(),
        curve.series(),
        curve.points().entrySet().stream()
            .map(
                point ->
                    new LinePlot.Point(
                        point.getKey(),
                        point.getValue().mean().orElseThrow(),
                        point.getValue().standardDeviation().orElse(0)))
            .toList());
  }
}
