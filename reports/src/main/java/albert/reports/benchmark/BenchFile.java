package albert.reports.benchmark;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code bench.jsonl}: a {@link BenchPoint} a line, in the order in which they were measured. */
public final class BenchFile {
  private BenchFile() {}

  /**
   * The points in a file, at least one.
   *
   * @throws RecordFormatException if a line is no point, or two are of the same case
   * @throws IOException if it can't be read
   */
  public static List<BenchPoint> read(Path file) throws IOException {
    StrictJson json = new StrictJson();
    List<BenchPoint> points = new ArrayList<>();
    for (String line : lines(file)) {
      int number = points.size() + 1;
      BenchPoint point = json.parse(file, number, line, BenchPoint.class);
      for (int i = 0; i < points.size(); i++) {
        if (points.get(i).setting().isSameAs(point.setting())) {
          throw new RecordFormatException(
              file, number, "the same case as line " + (i + 1) + ", allowed is one of each", null);
        }
      }
      points.add(point);
    }
    if (points.isEmpty()) {
      throw new RecordFormatException(file, 0, "it has no points", null);
    }
    return points;
  }

  /** Writes all points, whole or not at all. */
  public static void write(Path file, List<BenchPoint> points) throws IOException {
    StrictJson json = new StrictJson();
    AtomicFiles.writeText(
        file,
        points.stream().map(point -> json.writeLine(point) + "\n").collect(Collectors.joining()));
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new RecordFormatException(file, 0, "not UTF-8", e);
    }
  }
}
