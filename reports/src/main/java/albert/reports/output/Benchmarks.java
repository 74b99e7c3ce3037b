package albert.reports.output;

import static java.util.stream.Collectors.joining;

import albert.reports.benchmark.JmhResult;
import albert.reports.summary.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Benchmarks that JMH measured, in the order of their files. */
final class Benchmarks {
  private static final int DIGITS = 4;
  private static final int DIGITS_OF_ERROR = 2;
  private static final int MOST_DECIMALS = 12;

  private static final String NOTE =
      "Measured by JMH, apart from the runs. Score: mean ± half of its 99.9 % confidence interval,"
          + " – where there were too few iterations for one. Forks × iterations: those measured."
          + " p50, p90, p99: so long at most took that part of the single calls, where the mode is"
          + " sample time.";

  private Benchmarks() {}

  static Sheet of(List<JmhResult> results) {
    return new Sheet(
        "benchmarks",
        "Benchmarks",
        List.of(
            Sheet.header("benchmark"),
            Sheet.header("params"),
            Sheet.header("mode"),
            new ReportGrid.Header("score", "± error, 99.9 %"),
            Sheet.header("unit"),
            Sheet.header("forks × iterations"),
            Sheet.header("p50"),
            Sheet.header("p90"),
            Sheet.header("p99"),
            Sheet.header("file")),
        results.stream().map(Benchmarks::cells).toList(),
        List.of(NOTE));
  }

  private static List<Cell> cells(JmhResult result) {
    JmhResult.Percentiles percentiles = result.percentiles();
    return List.of(
        shown("benchmark", result.benchmark(), shortName(result.benchmark())),
        Sheet.text(
            "params",
            result.params().entrySet().stream()
                .map(param -> param.getKey() + " " + param.getValue())
                .collect(joining(", "))),
        shown("mode", result.mode().label(), result.mode().words()),
        score(result),
        Sheet.text("unit", result.unit()),
        effort(result),
        percentile("p50", percentiles == null ? null : percentiles.p50()),
        percentile("p90", percentiles == null ? null : percentiles.p90()),
        percentile("p99", percentiles == null ? null : percentiles.p99()),
        Sheet.text("file", result.file()));
  }

  /** Class and method without the package. */
  private static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  private static Cell shown(String column, String raw, String text) {
    return new Cell(text, "", Cell.Tone.PLAIN, null, Map.of(column, raw));
  }

  private static Cell score(JmhResult result) {
    Double error = result.error();
    int decimals =
        Math.max(
            decimals(result.score(), DIGITS), error == null ? 0 : decimals(error, DIGITS_OF_ERROR));
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("score", result.score());
    raw.put("score_error", error);
    return new Cell(
        Numbers.fixed(result.score(), decimals),
        "± " + (error == null ? "–" : Numbers.fixed(error, decimals)),
        Cell.Tone.PLAIN,
        result.score(),
        raw);
  }

  private static Cell effort(JmhResult result) {
    return new Cell(
        String.format(Locale.ROOT, "%d × %d", result.forks(), result.iterations()),
        "",
        Cell.Tone.PLAIN,
        null,
        Cell.raw("forks", result.forks(), "iterations", result.iterations()));
  }

  private static Cell percentile(String column, @Nullable Double value) {
    return Sheet.figure(
        column, value, value == null ? "" : Numbers.fixed(value, decimals(value, DIGITS)), "");
  }

  /** So many that at least that many digits count, whatever the unit. */
  private static int decimals(double value, int digits) {
    int beforePoint = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return Math.max(0, Math.min(MOST_DECIMALS, digits - beforePoint));
  }
}
