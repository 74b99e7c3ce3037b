package albert.reports.output;

import albert.evaluation.metric.BenchmarkAverage;
import albert.evaluation.stats.AverageComparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.RankComparison;
import albert.evaluation.stats.SeedSummary;
import albert.evaluation.stats.StratifiedBootstrap;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.TaskModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of models against tasks, with the average over the tasks: what a study that varies the
 * task is read by.
 */
final class TasksSheet {
  private static final int DECIMALS = SeveralTasks.DECIMALS;

  private final ReportModel model;
  private final SeveralTasks tasks;
  private final String level;
  private final Optional<RankComparison> ranks;
  private final List<ReportGrid.Header> headers = new ArrayList<>();
  private final List<List<Cell>> columns = new ArrayList<>();

  private TasksSheet(ReportModel model, SeveralTasks tasks) {
    this.model = model;
    this.tasks = tasks;
    level = Numbers.level(tasks.analysis().level());
    ranks = tasks.ranks();
  }

  /** Empty where the task does not vary or fewer than two have scores. */
  static Sheet of(ReportModel model) {
    return SeveralTasks.of(model)
        .map(tasks -> new TasksSheet(model, tasks).sheet())
        .orElseGet(() -> new Sheet("tasks", "Models by task", List.of(), List.of(), List.of()));
  }

  /** What the ranks come to. */
  static List<String> sentences(ReportModel model) {
    return SeveralTasks.of(model).map(TaskNotes::ranks).orElse(List.of());
  }

  private Sheet sheet() {
    add(Sheet.header("model"), this::name);
    for (ReportMetric task : tasks.tasks()) {
      add(
          new ReportGrid.Header(task.label(), "mean ± sd"),
          row -> ReportColumn.SCORE.cell(model, row.row(task), task));
    }
    add(new ReportGrid.Header("average", level + " interval"), this::average);
    for (BenchmarkAverage average : BenchmarkAverage.values()) {
      addIfAny(new ReportGrid.Header(average.title(), "by its own rule"), row -> by(average, row));
    }
    addIfAny(
        new ReportGrid.Header("Δ average", "from baseline, " + level + " interval"),
        this::difference);
    addIfAny(new ReportGrid.Header("verdict", "p, Holm"), this::verdict);
    addIfAny(
        new ReportGrid.Header("better than baseline", "probability of a run"), this::improvement);
    addIfAny(
        new ReportGrid.Header("interquartile mean", level + " bootstrap interval"),
        this::interquartileMean);
    addIfAny(new ReportGrid.Header("rank", "average"), this::rank);
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < tasks.models().size(); i++) {
      int row = i;
      rows.add(columns.stream().map(cells -> cells.get(row)).toList());
    }
    return new Sheet("tasks", "Models by task", headers, rows, TaskNotes.of(tasks));
  }

  private void add(ReportGrid.Header header, Function<TaskModel, Cell> column) {
    headers.add(header);
    columns.add(tasks.models().stream().map(column).toList());
  }

  /** A column that stands only where some row has something in it. */
  private void addIfAny(ReportGrid.Header header, Function<TaskModel, Cell> column) {
    List<Cell> cells = tasks.models().stream().map(column).toList();
    if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
      headers.add(header);
      columns.add(cells);
    }
  }

  private Cell name(TaskModel row) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("variant", row.name());
    model.keys().stream()
        .filter(key -> tasks.models().stream().anyMatch(m -> m.values().containsKey(key)))
        .forEach(key -> raw.put(key, row.text(key)));
    return new Cell(row.name(), "", Cell.Tone.PLAIN, null, raw);
  }

  private Cell average(TaskModel row) {
    return figure("average", number(row.average()), row.interval(tasks.analysis().level()));
  }

  /** The average of a benchmark by its own rule, where all of its scores are there. */
  private Cell by(BenchmarkAverage average, TaskModel row) {
    Double value = average.of(needed -> mean(row, needed)).value();
    String name = average.name().toLowerCase(Locale.ROOT) + "_average";
    return Sheet.figure(name, value, value == null ? "" : Numbers.fixed(value, DECIMALS), "");
  }

  private OptionalDouble mean(TaskModel row, BenchmarkAverage.Needed needed) {
    return model.metrics().stream()
        .filter(metric -> metric.is(needed))
        .flatMap(metric -> row.row(metric).score(metric).stream())
        .findFirst()
        .map(SeedSummary::mean)
        .orElseGet(OptionalDouble::empty);
  }

  private Cell difference(TaskModel row) {
    Double value = number(row.comparison().map(AverageComparison::difference));
    Interval interval =
        row.comparison().map(AverageComparison::interval).orElse(Interval.UNDEFINED);
    boolean baseline = row.kind() == ReportRow.Kind.BASELINE && value == null;
    boolean shown = row.comparison().filter(c -> c.verdict().isDifference()).isPresent();
    return new Cell(
        value == null ? (baseline ? "baseline" : "") : Numbers.signed(value, DECIMALS),
        interval.defined() ? Numbers.interval(interval, DECIMALS) : "",
        shown ? Cell.Tone.STRONG : Cell.Tone.QUIET,
        value,
        withEnds("average_difference", value, interval));
  }

  private Cell verdict(TaskModel row) {
    String text = row.comparison().map(c -> Numbers.verdict(c.verdict())).orElse("");
    Double holm = number(row.comparison().map(AverageComparison::p));
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("average_verdict", text);
    raw.put("average_p_holm", holm);
    raw.put("average_p", number(row.comparison().map(AverageComparison::ownP)));
    boolean shown = row.comparison().filter(c -> c.verdict().isDifference()).isPresent();
    return new Cell(
        text,
        holm == null ? "" : "p " + Numbers.probability(holm),
        shown ? Cell.Tone.STRONG : Cell.Tone.QUIET,
        null,
        raw);
  }

  private Cell improvement(TaskModel row) {
    Double value = number(tasks.improvement(row));
    return Sheet.figure(
        "probability_of_improvement", value, value == null ? "" : Numbers.fixed(value, 2), "");
  }

  private Cell interquartileMean(TaskModel row) {
    Optional<StratifiedBootstrap> found = tasks.interquartileMean(row);
    return figure(
        "interquartile_mean",
        found.map(StratifiedBootstrap::estimate).orElse(null),
        found.map(StratifiedBootstrap::interval).orElse(Interval.UNDEFINED));
  }

  private Cell rank(TaskModel row) {
    int at = tasks.ranked().indexOf(row);
    Double value = at < 0 ? null : ranks.map(found -> found.ranks().get(at)).orElse(null);
    return Sheet.figure("average_rank", value, value == null ? "" : Numbers.fixed(value, 2), "");
  }

  /** A figure, and its interval under it. */
  private static Cell figure(String name, @Nullable Double value, Interval interval) {
    return new Cell(
        value == null ? "" : Numbers.fixed(value, DECIMALS),
        interval.defined() ? Numbers.range(interval, DECIMALS) : "",
        Cell.Tone.PLAIN,
        value,
        withEnds(name, value, interval));
  }

  private static Map<String, @Nullable Object> withEnds(
      String name, @Nullable Double value, Interval interval) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(name, value);
    raw.put(name + "_low", interval.defined() ? interval.low() : null);
    raw.put(name + "_high", interval.defined() ? interval.high() : null);
    return raw;
  }

  private static @Nullable Double number(Optional<OptionalDouble> value) {
    return number(value.orElseGet(OptionalDouble::empty));
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
