package albert.reports.output;

import albert.reports.benchmark.BenchAxis;
import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchComparison;
import albert.reports.benchmark.BenchPoint;
import albert.reports.summary.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The points of a benchmark as tables: one for each axis of a sweep, or a single one. Beside each
 * point stands that of another file, and how many times as long and as much it took here.
 *
 * @param compared the points, and what they are compared with: nothing, where that has no points
 */
record BenchTables(BenchComparison compared) {
  /** What says which point it is. */
  private record Lead(String heading, Function<BenchCase, Cell> cell) {}

  /** A table for each axis on which the points grow, else one of all. */
  List<Sheet> shown() {
    List<Sheet> sheets = new ArrayList<>();
    for (BenchAxis axis : axes(compared.own())) {
      List<BenchPoint> curve = axis.curve(centre(), compared.own());
      sheets.add(sheet(axis.id(), sentence(axis.id()), List.of(lead(axis)), curve));
    }
    return sheets.isEmpty()
        ? List.of(sheet("cases", "Cases", texts(), compared.own()))
        : List.copyOf(sheets);
  }

  /** All points with all that is known of them, for programs. */
  Sheet all() {
    List<Lead> leads = new ArrayList<>(texts());
    Arrays.stream(BenchAxis.values()).map(BenchTables::lead).forEach(leads::add);
    return sheet("bench", "Points", leads, compared.own());
  }

  /** On which of the axes the points grow, around the first of them. */
  static List<BenchAxis> axes(List<BenchPoint> points) {
    BenchCase first = points.get(0).setting();
    return Arrays.stream(BenchAxis.values())
        .filter(
            axis ->
                axis.curve(first, points).stream()
                        .map(p -> axis.value(p.setting()))
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  private BenchCase centre() {
    return compared.own().get(0).setting();
  }

  private static List<Lead> texts() {
    return List.of(
        new Lead("model", of -> Sheet.text("model", of.model())),
        new Lead("mode", of -> Sheet.text("mode", of.mode())),
        new Lead("precision", of -> Sheet.text("precision", of.precision())));
  }

  private static Lead lead(BenchAxis axis) {
    String column = axis.heading().replace(' ', '_');
    return new Lead(axis.heading(), of -> count(column, axis.value(of)));
  }

  private static Cell count(String column, long value) {
    return new Cell(
        Numbers.whole((double) value), "", Cell.Tone.PLAIN, (double) value, Map.of(column, value));
  }

  private Sheet sheet(String name, String title, List<Lead> leads, List<BenchPoint> points) {
    boolean isCompared = !compared.other().isEmpty();
    List<ReportGrid.Header> headers = new ArrayList<>();
    leads.forEach(lead -> headers.add(Sheet.header(lead.heading())));
    headers.add(new ReportGrid.Header("median", "ms"));
    headers.add(new ReportGrid.Header("p90", "ms"));
    headers.add(Sheet.header("n"));
    headers.add(Sheet.header("tokens/s"));
    headers.add(new ReportGrid.Header("peak memory", "MB"));
    if (isCompared) {
      headers.add(new ReportGrid.Header("other: median", "ms"));
      headers.add(new ReportGrid.Header("other: peak memory", "MB"));
      headers.add(Sheet.header("time ratio"));
      headers.add(Sheet.header("memory ratio"));
    }
    List<List<Cell>> rows =
        points.stream()
            .map(
                point ->
                    Stream.of(
                            leads.stream().map(lead -> lead.cell().apply(point.setting())),
                            measured(point).stream(),
                            isCompared ? beside(point).stream() : Stream.<Cell>empty())
                        .flatMap(cells -> cells)
                        .toList())
            .toList();
    return new Sheet(name, title, headers, rows, List.of());
  }

  private static List<Cell> measured(BenchPoint point) {
    return List.of(
        millis("median_ms", point.medianMs()),
        millis("p90_ms", point.p90Ms()),
        count("repeats", point.repeats()),
        Sheet.figure(
            "tokens_per_second",
            point.tokensPerSecond(),
            Numbers.whole(point.tokensPerSecond()),
            ""),
        memory("peak_rss_mb", point.peakRssMb()));
  }

  private List<Cell> beside(BenchPoint point) {
    Optional<BenchPoint> other = compared.beside(point);
    Double median = other.map(BenchPoint::medianMs).orElse(null);
    Double peak = other.map(BenchPoint::peakRssMb).orElse(null);
    return List.of(
        millis("other_median_ms", median),
        memory("other_peak_rss_mb", peak),
        ratio("time_ratio", point.medianMs(), median),
        ratio("memory_ratio", point.peakRssMb(), peak));
  }

  private static Cell millis(String column, @Nullable Double value) {
    return Sheet.figure(column, value, value == null ? "" : significant(value), "");
  }

  private static Cell memory(String column, @Nullable Double value) {
    return Sheet.figure(column, value, value == null ? "" : Numbers.whole(value), "");
  }

  private static Cell ratio(String column, @Nullable Double here, @Nullable Double there) {
    Double ratio = here == null || there == null || there == 0 ? null : here / there;
    return Sheet.figure(column, ratio, ratio == null ? "" : Numbers.fixed(ratio, 2), "");
  }

  /** Of short times more digits: 0.123, 12.3, 123. */
  private static String significant(double millis) {
    return Numbers.fixed(millis, millis < 1 ? 3 : millis < 100 ? 1 : 0);
  }

  /** {@code Batch}. */
  private static String sentence(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
