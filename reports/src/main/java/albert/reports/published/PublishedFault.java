package albert.reports.published;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A known fault of the published tables, which is marked wherever a figure that it touches is
 * shown.
 *
 * @param number in the list of faults
 * @param table pattern of the table
 * @param row pattern of the row
 * @param metric pattern of the column
 * @param text what is wrong
 */
public record PublishedFault(int number, Pattern table, Pattern row, Pattern metric, String text) {

  /** All faults that are known. */
  public static List<PublishedFault> all() {
    return PublishedTable.read("faults.csv").stream()
        .map(
            row ->
                new PublishedFault(
                    Integer.parseInt(row.getOrDefault("number", "0")),
                    Pattern.compile(row.getOrDefault("table", "")),
                    Pattern.compile(row.getOrDefault("row", "")),
                    Pattern.compile(row.getOrDefault("metric", "")),
                    row.getOrDefault("text", "")))
        .toList();
  }

  /** Whether it touches a figure. */
  public boolean touches(PublishedNumber figure) {
    return table.matcher(figure.table()).matches()
        && row.matcher(figure.row()).matches()
        && metric.matcher(figure.metric()).matches();
  }
}
