package albert.reports.summary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** Columns of tables from figures that may be missing. */
public final class Columns {
  private Columns() {}

  /** A column of integers if all figures are, of floating point numbers otherwise. */
  public static Column<?> of(String name, List<? extends @Nullable Number> figures) {
    boolean integers =
        figures.stream()
            .allMatch(figure -> !(figure instanceof Double) && !(figure instanceof Float));
    return integers ? integers(name, figures) : numbers(name, figures);
  }

  private static LongColumn integers(String name, List<? extends @Nullable Number> figures) {
    LongColumn column = LongColumn.create(name);
    for (Number figure : figures) {
      if (figure == null) {
        column.appendMissing();
      } else {
        column.append(figure.longValue());
      }
    }
    return column;
  }

  /** A column of floating point numbers. */
  static DoubleColumn numbers(String name, List<? extends @Nullable Number> figures) {
    DoubleColumn column = DoubleColumn.create(name);
    for (Number figure : figures) {
      if (figure == null) {
        column.appendMissing();
      } else {
        column.append(figure.doubleValue());
      }
    }
    return column;
  }
}
