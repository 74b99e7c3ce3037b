package albert.reports.output;

import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The table of variants with its columns chosen: what every format of a report shows. A column that
 * is empty in all rows is left out.
 *
 * @param title the task that it is of; empty where it is of all
 * @param headers the columns after the name
 * @param rows the rows
 */
public record ReportGrid(String title, List<Header> headers, List<Row> rows) {
  /** Stands in the columns of no metric, which don't look at it. */
  private static final ReportMetric NO_METRIC = new ReportMetric("", "", "", "", 0);

  public ReportGrid {
    headers = List.copyOf(headers);
    rows = List.copyOf(rows);
  }

  /** Of all tasks. */
  ReportGrid(List<Header> headers, List<Row> rows) {
    this("", headers, rows);
  }

  /**
   * The head of a column.
   *
   * @param heading its name
   * @param unit its unit; empty if it has none
   */
  public record Header(String heading, String unit) {
    /** Name and unit in one line. */
    public String line() {
      return unit.isEmpty() ? heading : heading + " (" + unit + ")";
    }
  }

  /**
   * A row.
   *
   * @param of what it is about
   * @param cells one a column
   */
  public record Row(ReportRow of, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    private boolean isReference() {
      return of.kind() == ReportRow.Kind.REFERENCE;
    }

    /** Whether there is something in a column. */
    private boolean has(int column) {
      return cells.get(column).order() != null;
    }
  }

  /** The table in few columns, for a terminal and a README. */
  public static ReportGrid of(ReportModel model) {
    return of(model, Arrays.stream(ReportColumn.values()).filter(ReportColumn::isBrief).toList());
  }

  /**
   * The table in certain columns and their order; differences and groups are those of the metrics
   * that claims are about.
   */
  static ReportGrid of(ReportModel model, List<ReportColumn> chosen) {
    List<Header> headers = new ArrayList<>();
    List<List<Cell>> columns = new ArrayList<>();
    for (ReportColumn column : chosen) {
      for (ReportMetric metric : metrics(model, column)) {
        List<Cell> cells =
            model.rows().stream().map(row -> column.cell(model, row, metric)).toList();
        boolean compared = cells.stream().anyMatch(cell -> cell.order() != null);
        if (compared || column == ReportColumn.RUNS) {
          headers.add(new Header(column.heading(metric), column.unit()));
          columns.add(cells);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < model.rows().size(); i++) {
      int row = i;
      rows.add(
          new Row(model.rows().get(i), columns.stream().map(cells -> cells.get(row)).toList()));
    }
    return new ReportGrid(headers, rows);
  }

  private static List<ReportMetric> metrics(ReportModel model, ReportColumn column) {
    if (!column.perMetric()) {
      return List.of(NO_METRIC);
    }
    return column == ReportColumn.DIFFERENCE || column == ReportColumn.GROUP
        ? model.primaryMetrics()
        : model.metrics();
  }

  /**
   * Where the study varies the task, a table for each, with the columns that its variants have
   * something in and the references that have something in these; else this table alone.
   */
  List<ReportGrid> byTask(ReportModel model) {
    if (!SeveralTasks.isIn(model)) {
      return List.of(this);
    }
    Map<String, List<Row>> byTask = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!row.isReference()) {
        byTask.computeIfAbsent(row.of.text(SeveralTasks.KEY), task -> new ArrayList<>()).add(row);
      }
    }
    List<ReportGrid> grids = new ArrayList<>();
    byTask.forEach((task, own) -> grids.add(ofTask(task, own)));
    return grids;
  }

  private ReportGrid ofTask(String task, List<Row> variants) {
    List<Integer> kept =
        IntStream.range(0, headers.size())
            .filter(column -> variants.stream().anyMatch(row -> row.has(column)))
            .boxed()
            .toList();
    List<Row> shown = new ArrayList<>(variants);
    rows.stream()
        .filter(row -> row.isReference() && kept.stream().anyMatch(row::has))
        .forEach(shown::add);
    return new ReportGrid(
        task.isEmpty() ? "no task" : task,
        kept.stream().map(headers::get).toList(),
        shown.stream()
            .map(row -> new Row(row.of, kept.stream().map(row.cells::get).toList()))
            .toList());
  }
}
