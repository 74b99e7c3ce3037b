package albert.reports.output;

import albert.reports.summary.Columns;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables for programs: all digits, metrics on their own scale, an empty cell where there is no
 * figure. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
final class Csv {
  private static final ReportMetric NO_METRIC = new ReportMetric("", "", "", "", 0);
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

  private Csv() {}

  /** The table of variants. */
  static Table variants(ReportModel model) {
    List<Map<String, @Nullable Object>> rows =
        model.rows().stream().map(r -> raw(model, r)).toList();
    return table("variants", rows);
  }

  private static Table table(String title, List<Map<String, @Nullable Object>> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    Table table = Table.create(title);
    for (String name : names) {
      table.addColumns(column(name, rows.stream().map(row -> row.get(name)).toList()));
    }
    return table;
  }

  /** Means by the values of two varied keys, a table a metric; none for another number of keys. */
  static List<Table> byTwoKeys(ReportModel model) {
    List<Table> tables = new ArrayList<>();
    if (model.keys().size() == 2 && model.runTable().rowCount() > 0) {
      List<String> keys = List.copyOf(model.keys());
      for (ReportMetric metric : model.metrics()) {
        String name = metric.columnName();
        tables.add(
            model
                .runTable()
                .pivot(keys.get(0), keys.get(1), name, AggregateFunctions.mean)
                .setName(name + "-by-" + keys.get(0) + "-and-" + keys.get(1)));
      }
    }
    return tables;
  }

  /** A table of cells. */
  static Table sheet(Sheet sheet) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (List<Cell> cells : sheet.rows()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      cells.forEach(cell -> row.putAll(cell.raw()));
      rows.add(row);
    }
    return table(sheet.name(), rows);
  }

  private static Map<String, @Nullable Object> raw(ReportModel model, ReportRow row) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("variant", row.name());
    for (String key : model.keys()) {
      raw.put(key, row.text(key));
    }
    for (ReportColumn column : ReportColumn.values()) {
      for (ReportMetric metric : column.perMetric() ? model.metrics() : List.of(NO_METRIC)) {
        raw.putAll(column.cell(model, row, metric).raw());
      }
    }
    return raw;
  }

  private static Column<?> column(String name, List<? extends @Nullable Object> values) {
    if (values.stream().anyMatch(String.class::isInstance)) {
      List<String> texts = new ArrayList<>();
      values.forEach(value -> texts.add(value == null ? "" : value.toString()));
      return StringColumn.create(name, texts);
    }
    List<@Nullable Number> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add((Number) value));
    return Columns.of(name, numbers);
  }

  /** The table as text. */
  static String write(Table table) {
    if (table.isEmpty()) {
      return String.join(",", table.columnNames()) + "\n"; // Tablesaw fails on a table without rows
    }
    Table safe = table.copy();
    for (int i = 0; i < safe.columnCount(); i++) {
      if (safe.column(i).type().equals(ColumnType.STRING)) {
        StringColumn column = (StringColumn) safe.column(i);
        safe.replaceColumn(i, StringColumn.create(defused(column.name()), defused(column)));
      }
    }
    StringWriter out = new StringWriter();
    safe.write().csv(out);
    return out.toString();
  }

  private static List<String> defused(StringColumn column) {
    return column.asList().stream().map(Csv::defused).toList();
  }

  /** A text that a spreadsheet shows instead of running it. */
  static String defused(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }
}
