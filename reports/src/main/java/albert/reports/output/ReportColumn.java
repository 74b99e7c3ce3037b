package albert.reports.output;

import albert.evaluation.record.AllReduceCost;
import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.SeedSummary;
import albert.reports.figure.Quantity;
import albert.reports.output.Cell.Tone;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the table of variants, in their order: heading, unit, what is taken from a row,
 * and how it looks. Another column is another constant.
 */
public enum ReportColumn {
  /** Parameters of encoder and pooler. */
  PARAMETERS(
      "parameters", "", ofSize("parameters", ModelSize::encoderParameters, Quantity::compact)),
  /** Bytes of the saved weights. */
  DISK(
      "size on disk",
      "MB",
      ofSize("disk_bytes", ModelSize::diskBytes, bytes -> Numbers.fixed(bytes / 1e6, 1))),
  /** Operations of a forward pass. */
  FLOPS(
      "FLOPs per token",
      "",
      ofSize("flops_per_token", ModelSize::flopsPerToken, Quantity::compact)),
  /** Speed of training. */
  TRAINING_SPEED(
      "training",
      "tokens/s",
      ofPerformance("train_tokens_per_second", Performance::trainTokensPerSecond)),
  /** Speed of inference. */
  INFERENCE_SPEED(
      "inference",
      "tokens/s",
      ofPerformance("inference_tokens_per_second", Performance::inferenceTokensPerSecond)),
  /** Highest resident memory of the process. */
  PEAK_MEMORY("peak memory", "MB", ofPerformance("peak_rss_mb", Performance::peakRssMb)),
  /** Time of a forward pass of one sequence. */
  LATENCY("latency", "ms, p50 (p90, p99)", ReportColumn::latency),
  /** What several devices give to the sum of their gradients, where there are several. */
  ALL_REDUCE("all-reduce", "MB an update, ms", ReportColumn::allReduce),
  /** A score: mean and standard deviation over the seeds. One column a metric. */
  SCORE("", "mean ± sd", ScoreCells::score),
  /** Median and range of the scores, and how many seeds have none. One column a metric. */
  MEDIAN("", "median, range", ScoreCells::median),
  /** The variants that can't be told apart share a letter. One column a metric. */
  GROUP("", "tie group", ScoreCells::group),
  /** The difference of the means from the baseline's, and what it is worth. One column a metric. */
  DIFFERENCE("", "from baseline", ScoreCells::difference),
  /** Runs that failed, where there are any. One column a metric. */
  FAILURES("", "failed, 95 % interval", ScoreCells::failures),
  /**
   * Runs that did not fail and whose score is undefined, where there are any. One column a metric.
   */
  UNDEFINED("", "undefined, reason", ScoreCells::undefined),
  /** Finished and failed runs. */
  RUNS("seeds", "", ReportColumn::runs);

  private final String heading;
  private final String unit;
  private final Extractor extractor;

  ReportColumn(String heading, String unit, Extractor extractor) {
    this.heading = heading;
    this.unit = unit;
    this.extractor = extractor;
  }

  private interface Extractor {
    Cell cell(ReportModel model, ReportRow row, ReportMetric metric);
  }

  /** Whether there is a column for each metric. */
  public boolean perMetric() {
    return this == SCORE
        || this == MEDIAN
        || this == GROUP
        || this == DIFFERENCE
        || this == FAILURES
        || this == UNDEFINED;
  }

  /** The columns that a page shows unless others are chosen: those that fit beside each other. */
  public static final List<ReportColumn> OF_A_PAGE =
      List.of(
          PARAMETERS,
          SCORE,
          DIFFERENCE,
          GROUP,
          FAILURES,
          UNDEFINED,
          RUNS,
          TRAINING_SPEED,
          INFERENCE_SPEED,
          ALL_REDUCE);

  private static final String ALL = "all";

  /** What the option calls it: {@code training-speed}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Columns by their names, with commas between; {@code all} for all.
   *
   * @throws IllegalArgumentException in one line, if a name is none
   */
  public static List<ReportColumn> parse(String names) {
    if (names.strip().equals(ALL)) {
      return List.of(values());
    }
    List<ReportColumn> columns = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      columns.add(
          Arrays.stream(values())
              .filter(column -> column.id().equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          name.strip() + " is no column, allowed are " + ALL + ", " + ids())));
    }
    return columns;
  }

  /** The names of all columns, with commas between. */
  public static String ids() {
    return Arrays.stream(values()).map(ReportColumn::id).collect(Collectors.joining(", "));
  }

  /** Whether it is part of the table in few columns. */
  public boolean isBrief() {
    return this != LATENCY && this != MEDIAN && this != GROUP;
  }

  /** The heading. */
  public String heading(ReportMetric metric) {
    return switch (this) {
      case SCORE, MEDIAN, GROUP, FAILURES, UNDEFINED -> metric.label();
      case DIFFERENCE -> "Δ " + metric.label();
      default -> heading;
    };
  }

  /** The unit, or what the figure is; empty if it has none. */
  public String unit() {
    return unit;
  }

  /**
   * What it says of a row.
   *
   * @param metric for columns {@linkplain #perMetric() of a metric}; others don't look at it
   */
  public Cell cell(ReportModel model, ReportRow row, ReportMetric metric) {
    return extractor.cell(model, row, metric);
  }

  private static Extractor ofSize(
      String name,
      Function<ModelSize, ? extends @Nullable Number> part,
      DoubleFunction<String> format) {
    return (model, row, metric) -> {
      Number value = row.size().isEmpty() ? null : part.apply(row.size().get());
      Map<String, @Nullable Object> raw = raw(name, value);
      return value == null
          ? new Cell("", "", Tone.PLAIN, null, raw)
          : new Cell(format.apply(value.doubleValue()), "", Tone.PLAIN, value.doubleValue(), raw);
    };
  }

  private static Extractor ofPerformance(
      String name, Function<Performance, @Nullable Double> figure) {
    return (model, row, metric) -> {
      Optional<SeedSummary> summary = row.measured(figure);
      Double mean = summary.map(s -> s.mean().orElseThrow()).orElse(null);
      Double deviation = summary.map(ReportColumn::deviation).orElse(null);
      Map<String, @Nullable Object> raw = raw(name + "_mean", mean);
      raw.put(name + "_sd", deviation);
      return new Cell(
          mean == null ? "" : Numbers.whole(mean),
          deviation == null ? "" : "± " + Numbers.whole(deviation),
          Tone.PLAIN,
          mean,
          raw);
    };
  }

  private static Cell latency(ReportModel model, ReportRow row, ReportMetric metric) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    List<@Nullable Double> figures = new ArrayList<>();
    for (Function<Latency, Double> part :
        List.<Function<Latency, Double>>of(Latency::p50Ms, Latency::p90Ms, Latency::p99Ms)) {
      Optional<SeedSummary> summary =
          row.measured(p -> p.latency() == null ? null : part.apply(p.latency()));
      figures.add(summary.map(s -> s.mean().orElseThrow()).orElse(null));
    }
    raw.put("latency_p50_ms", figures.get(0));
    raw.put("latency_p90_ms", figures.get(1));
    raw.put("latency_p99_ms", figures.get(2));
    Double p50 = figures.get(0);
    Double p90 = figures.get(1);
    Double p99 = figures.get(2);
    return p50 == null || p90 == null || p99 == null
        ? new Cell("", "", Tone.PLAIN, null, raw)
        : new Cell(
            Numbers.fixed(p50, 2),
            Numbers.fixed(p90, 2) + ", " + Numbers.fixed(p99, 2),
            Tone.PLAIN,
            p50,
            raw);
  }

  private static Cell allReduce(ReportModel model, ReportRow row, ReportMetric metric) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    if (model.rows().stream().noneMatch(one -> allReduce(one, AllReduceCost::medianMs) != null)) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    Double bytes = allReduce(row, cost -> (double) cost.bytes());
    Double ms = allReduce(row, AllReduceCost::medianMs);
    raw.put("all_reduce_bytes", bytes);
    raw.put("all_reduce_ms", ms);
    return bytes == null || ms == null
        ? new Cell("", "", Tone.PLAIN, null, raw)
        : new Cell(
            Numbers.fixed(bytes / 1e6, 1), Numbers.fixed(ms, 2) + " ms", Tone.PLAIN, bytes, raw);
  }

  private static @Nullable Double allReduce(ReportRow row, Function<AllReduceCost, Double> figure) {
    return row.measured(p -> p.allReduce() == null ? null : figure.apply(p.allReduce()))
        .map(summary -> summary.mean().orElseThrow())
        .orElse(null);
  }

  private static Cell runs(ReportModel model, ReportRow row, ReportMetric metric) {
    int finished = row.count(RunStatus.FINISHED);
    int failed = row.count(RunStatus.FAILED);
    int running = row.count(RunStatus.RUNNING);
    Map<String, @Nullable Object> raw = raw("runs_finished", finished);
    raw.put("runs_failed", failed);
    raw.put("runs_unfinished", running);
    if (row.kind() == ReportRow.Kind.REFERENCE) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    String detail =
        (failed > 0 ? failed + " failed" : "")
            + (failed > 0 && running > 0 ? ", " : "")
            + (running > 0 ? running + " unfinished" : "");
    return new Cell(
        Integer.toString(finished),
        detail,
        failed > 0 ? Tone.ALERT : Tone.PLAIN,
        (double) finished,
        raw);
  }

  static @Nullable Double deviation(SeedSummary summary) {
    return summary.standardDeviation().isPresent()
        ? summary.standardDeviation().getAsDouble()
        : null;
  }

  static Map<String, @Nullable Object> raw(String name, @Nullable Number value) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(name, value);
    return raw;
  }
}
