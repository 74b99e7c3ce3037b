package albert.reports.output;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.stats.SeedSummary;
import albert.reports.figure.CriticalDifference;
import albert.reports.figure.Figure;
import albert.reports.figure.Front;
import albert.reports.figure.Quantity;
import albert.reports.figure.ScatterPlot;
import albert.reports.figure.ScatterPlot.AxisTitle;
import albert.reports.figure.ScatterPoint;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.TaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The figures of a report: each task's first metric against what a model costs, and more about it;
 * of several tasks the averages first.
 */
public final class Charts {
  /** Points that are told in words to who can't see them; the others are in the table. */
  private static final int MOST_DESCRIBED = 40;

  private Charts() {}

  private enum Cost {
    PARAMETERS("parameters of encoder and pooler", true),
    INFERENCE_SPEED("inference speed, tokens/s", false),
    TRAINING_SPEED("training speed, tokens/s", false);

    private final AxisTitle title;

    Cost(String text, boolean logarithmic) {
      title = new AxisTitle(text, logarithmic);
    }

    Optional<SeedSummary> of(ReportRow row) {
      return switch (this) {
        case PARAMETERS ->
            row.size()
                .map(ModelSize::encoderParameters)
                .filter(count -> count > 0)
                .map(count -> SeedSummary.of(new double[] {count}, 0));
        case INFERENCE_SPEED -> row.measured(Performance::inferenceTokensPerSecond);
        case TRAINING_SPEED -> row.measured(Performance::trainTokensPerSecond);
      };
    }

    String fileName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** All figures that the model has data for. */
  public static List<Figure> of(ReportModel model) {
    List<Figure> figures = new ArrayList<>();
    Optional<SeveralTasks> tasks = SeveralTasks.of(model);
    tasks.flatMap(TaskAverages::of).ifPresent(figures::add);
    for (ReportMetric metric : model.primaryMetrics()) {
      if (differInSize(model)) {
        against(model, metric, Cost.PARAMETERS).ifPresent(figures::add);
      }
      Differences.of(model, metric).ifPresent(figures::add);
      SeedDots.of(model, metric).ifPresent(figures::add);
      TwoKnobs.of(model, metric).ifPresent(figures::add);
    }
    for (ReportMetric metric : model.primaryMetrics()) {
      for (Cost cost : Cost.values()) {
        if (cost != Cost.PARAMETERS || !differInSize(model)) {
          against(model, metric, cost).ifPresent(figures::add);
        }
      }
    }
    tasks.flatMap(Charts::ranks).ifPresent(figures::add);
    figures.addAll(ConfusionFigures.of(model));
    figures.addAll(Curves.of(model));
    return figures;
  }

  /** The average ranks over tasks; empty where there are too few to rank. */
  private static Optional<Figure> ranks(SeveralTasks tasks) {
    return tasks
        .ranks()
        .map(
            ranks -> {
              List<CriticalDifference.Model> models = new ArrayList<>();
              for (int i = 0; i < tasks.ranked().size(); i++) {
                TaskModel model = tasks.ranked().get(i);
                models.add(
                    new CriticalDifference.Model(
                        model.name(), model.rows().get(0).series(), ranks.ranks().get(i)));
              }
              return new CriticalDifference(
                      "average-ranks",
                      "Average ranks over tasks",
                      String.join(" ", TaskNotes.ranks(tasks)),
                      models,
                      ranks.groups(),
                      ranks.criticalDifference())
                  .draw();
            });
  }

  /** Whether size is what the variants differ in: then it is the first figure. */
  private static boolean differInSize(ReportModel model) {
    return model.variants().stream()
            .flatMap(row -> row.size().stream())
            .map(ModelSize::encoderParameters)
            .distinct()
            .count()
        > 1;
  }

  private static Optional<Figure> against(ReportModel model, ReportMetric metric, Cost cost) {
    List<ScatterPoint> points = points(model, metric, row -> cost.of(row));
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(plot(model, metric, cost, points).draw());
  }

  private static ScatterPlot plot(
      ReportModel model, ReportMetric metric, Cost cost, List<ScatterPoint> points) {
    List<String> tooltips = points.stream().map(ScatterPoint::tooltip).toList();
    String title = metric.label() + " against " + cost.title.text();
    return new ScatterPlot(
        (metric.columnName() + "-" + cost.fileName()).replace('_', '-').toLowerCase(Locale.ROOT),
        title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
        String.join("; ", tooltips.subList(0, Math.min(tooltips.size(), MOST_DESCRIBED)))
            + (tooltips.size() > MOST_DESCRIBED ? "; and others in the table." : ".")
            + (metric.lowerIsBetter()
                ? ""
                : " A dotted line joins the means that no other one beats."),
        cost.title,
        new AxisTitle(metric.label() + ", " + metric.split() + ", mean and seeds", false),
        points,
        SeedDots.references(model, metric),
        metric.lowerIsBetter() ? Front.NONE : cost == Cost.PARAMETERS ? Front.LESS : Front.MORE);
  }

  private static List<ScatterPoint> points(
      ReportModel model, ReportMetric metric, Function<ReportRow, Optional<SeedSummary>> cost) {
    List<ScatterPoint> points = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      Optional<SeedSummary> x = cost.apply(row);
      Optional<SeedSummary> y = row.score(metric);
      if (x.isPresent() && y.isPresent()) {
        String tooltip =
            String.format(
                Locale.ROOT,
                "%s: %s %s, %s",
                row.name(),
                metric.label(),
                Numbers.meanAndDeviation(y.get(), metric.decimals()),
                Quantity.compact(x.get().mean().orElseThrow()));
        points.add(
            new ScatterPoint(
                row.name(),
                row.series(),
                x.get().mean().orElseThrow(),
                x.get().standardDeviation().orElse(0),
                y.get().mean().orElseThrow(),
                y.get().standardDeviation().orElse(0),
                tooltip,
                y.get().n() <= SeedDots.MOST_SEEDS
                    ? List.copyOf(row.bySeed(metric).values())
                    : List.of()));
      }
    }
    return points;
  }
}
