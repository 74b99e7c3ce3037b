package albert.reports.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Comma-separated resources of this package: a head line, fields quoted where they must be. */
final class PublishedTable {
  private PublishedTable() {}

  /** The rows of a resource by the names of the head line, every cell as the text that it is. */
  static List<Map<String, String>> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PublishedTable.class.getResourceAsStream(resource))) {
      CsvReadOptions options =
          CsvReadOptions.builder(new InputStreamReader(in, StandardCharsets.UTF_8))
              .columnTypes(name -> ColumnType.STRING)
              .missingValueIndicator("")
              .build();
      Table table = Table.read().usingOptions(options);
      List<Map<String, String>> rows = new ArrayList<>();
      for (Row row : table) {
        Map<String, String> cells = new LinkedHashMap<>();
        table.columnNames().forEach(name -> cells.put(name, row.getString(name)));
        rows.add(cells);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
