package albert.reports.published;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A figure as it was printed.
 *
 * @param source document with its version
 * @param table table or section
 * @param row row of the table
 * @param metric column of the table
 * @param value as printed, for example {@code 90.4} or {@code 108M}
 */
public record PublishedNumber(
    String source, String table, String row, String metric, String value) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?M?.*");
  private static final Pattern PLAIN = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(M?)");

  /** All figures that are known. */
  public static List<PublishedNumber> all() {
    return PublishedTable.read("published_numbers.csv").stream()
        .map(
            row ->
                new PublishedNumber(
                    field(row, "source"),
                    field(row, "table"),
                    field(row, "row"),
                    field(row, "metric"),
                    field(row, "value")))
        .toList();
  }

  /** The figure; a suffix of millions is multiplied out. Empty if it is no single number. */
  public OptionalDouble number() {
    String first = NUMBER.matcher(value).matches() ? value.split(" ", 2)[0] : value;
    var plain = PLAIN.matcher(first);
    if (!plain.matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(plain.group(1));
    return OptionalDouble.of(plain.group(2).isEmpty() ? number : number * 1e6);
  }

  private static String field(Map<String, String> row, String name) {
    return row.getOrDefault(name, "");
  }
}
