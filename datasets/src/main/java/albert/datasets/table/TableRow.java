package albert.datasets.table;

import java.util.Collection;
import java.util.List;

/** A row of a table. */
interface TableRow {
  /** The line that it begins in, from 1. */
  long line();

  /** The line that names its columns, from 1: the header's, or its own in JSON. */
  long namesLine();

  /** The names of its columns. */
  Collection<String> columns();

  /**
   * The text in a column that is there.
   *
   * @throws albert.datasets.DataFormatException if it is no text
   */
  String text(String column);

  /**
   * What stands in a column that is there: one value as text, in JSON none or several too.
   *
   * @throws albert.datasets.DataFormatException if it is neither a value nor a list of values
   */
  List<String> values(String column);
}
