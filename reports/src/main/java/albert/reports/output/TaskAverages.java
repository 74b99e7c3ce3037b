package albert.reports.output;

import albert.evaluation.stats.Interval;
import albert.evaluation.stats.SeedScores;
import albert.reports.figure.Figure;
import albert.reports.figure.ReferenceLine;
import albert.reports.figure.SeedPlot;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.TaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figure of models against tasks: each model's score on each task, and the average of these.
 */
final class TaskAverages {
  private static final int DECIMALS = SeveralTasks.DECIMALS;

  /** More models than this are in the table alone. */
  private static final int MOST_ROWS = 24;

  private TaskAverages() {}

  /** Empty where no variant has an average. */
  static Optional<Figure> of(SeveralTasks tasks) {
    List<SeedPlot.Row> rows =
        tasks.variants().stream()
            .filter(model -> model.average().isPresent())
            .limit(MOST_ROWS)
            .map(model -> row(tasks, model))
            .toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(plot(tasks, rows).draw());
  }

  private static SeedPlot plot(SeveralTasks tasks, List<SeedPlot.Row> rows) {
    String over = Numbers.plural(tasks.tasks().size(), "task");
    return new SeedPlot(
        "average-over-tasks",
        "Average over " + over,
        String.join("; ", rows.stream().map(SeedPlot.Row::tooltip).toList()) + ".",
        String.format(
            Locale.ROOT,
            "score on a scale whose best is 1, a mark a task, a stroke at their mean with its %s"
                + " interval",
            Numbers.level(tasks.analysis().level())),
        rows,
        SeedPlot.Dots.TASKS,
        references(tasks));
  }

  private static SeedPlot.Row row(SeveralTasks tasks, TaskModel model) {
    List<SeedPlot.Seed> scores = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<SeedScores> own = model.scores().orElseThrow().tasks();
    for (int i = 0; i < own.size(); i++) {
      ReportMetric task = tasks.tasks().get(i);
      double mean = own.get(i).mean().mean();
      scores.add(new SeedPlot.Seed(task.label(), mean));
      words.add(task.label() + " " + Numbers.fixed(mean, DECIMALS));
    }
    Interval interval = model.interval(tasks.analysis().level());
    String range = interval.defined() ? " (" + Numbers.range(interval, DECIMALS) + ")" : "";
    return new SeedPlot.Row(
        model.name(),
        model.rows().get(0).series(),
        scores,
        interval.low(),
        interval.high(),
        String.format(
            Locale.ROOT,
            "%s: %s%s, of %s",
            model.name(),
            Numbers.fixed(model.average().orElseThrow(), DECIMALS),
            range,
            String.join(", ", words)));
  }

  private static List<ReferenceLine> references(SeveralTasks tasks) {
    List<ReferenceLine> lines = new ArrayList<>();
    for (TaskModel model : tasks.models()) {
      if (model.kind() == ReportRow.Kind.REFERENCE && model.average().isPresent()) {
        double average = model.average().getAsDouble();
        lines.add(
            new ReferenceLine(model.name() + " " + Numbers.fixed(average, DECIMALS), average));
      }
    }
    return lines;
  }
}
