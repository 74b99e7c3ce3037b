package albert.reports.output;

import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The table of variants with its columns chosen: what every format of a report shows. A column that
 * is empty in all rows is left out.
 *
 * @param headers the columns after the name
 * @param rows the rows
 */
public record ReportGrid(List<Header> headers, List<Row> rows) {
  /** Stands in the columns of no metric, which don't look at it. */
  private static final ReportMetric NO_METRIC = new ReportMetric("", "", "", "", 0);

  public ReportGrid {
    headers = List.copyOf(headers);
    rows = List.copyOf(rows);
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
}
