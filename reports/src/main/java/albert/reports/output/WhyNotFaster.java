package albert.reports.output;

import albert.evaluation.record.Latency;
import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.MeanContrast;
import albert.evaluation.stats.MeanEstimate;
import albert.evaluation.stats.SeedSummary;
import albert.reports.figure.Quantity;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * "Why is ALBERT not faster?": what a variant costs beside the BERT of its shape, counted and,
 * where the study has that BERT too, measured.
 */
final class WhyNotFaster {
  private static final List<String> SHAPE =
      List.of(
          "task", "num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads");

  private final ReportModel model;

  /** The first variant that is a BERT, by task and shape. */
  private final Map<Map<String, @Nullable Object>, ReportRow> berts = new HashMap<>();

  WhyNotFaster(ReportModel model) {
    this.model = model;
    for (ReportRow row : model.variants()) {
      row.costs()
          .filter(costs -> costs.own().parameters() == costs.bert().parameters())
          .ifPresent(costs -> berts.putIfAbsent(shape(row), row));
    }
  }

  /**
   * The table; empty if no variant shares or factorises anything, or none has its costs counted.
   */
  Sheet sheet() {
    List<List<Cell>> rows = new ArrayList<>();
    reduced().forEach(row -> rows.add(cells(row, row.costs().orElseThrow())));
    return new Sheet(
        "why-not-faster",
        "Why is ALBERT not faster?",
        List.of(
            Sheet.header("variant"),
            new ReportGrid.Header("parameters", "of BERT's"),
            new ReportGrid.Header("FLOPs forward", "of BERT's"),
            new ReportGrid.Header("weights read", "of BERT's"),
            new ReportGrid.Header("activations", "of BERT's"),
            new ReportGrid.Header("optimizer state", "of BERT's"),
            new ReportGrid.Header("training", "tokens/s, of BERT's"),
            new ReportGrid.Header("inference", "tokens/s, of BERT's"),
            new ReportGrid.Header("latency p50", "ms, of BERT's")),
        rows,
        notes());
  }

  private List<String> notes() {
    return reduced().stream()
        .findFirst()
        .flatMap(ReportRow::costs)
        .map(
            costs ->
                String.format(
                    Locale.ROOT,
                    "Of BERT's: as a share of what the BERT of the same shape has, nothing shared and"
                        + " nothing factorised. Counted: FLOPs of a forward pass of %,d tokens, a"
                        + " shared layer as often as it runs; weights read in it, likewise;"
                        + " activations that a training step of %,d such sequences keeps, and"
                        + " gradients and moments of the optimizer, in float32. Measured: tokens/s and"
                        + " latency, beside the variant that is that BERT, if the study has it.",
                    costs.sequenceLength(),
                    costs.batchSize()))
        .stream()
        .toList();
  }

  /** The answer in sentences made from the figures. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    Optional<ReportRow> smallest =
        reduced().stream()
            .min(
                java.util.Comparator.comparingLong(
                    row -> row.costs().orElseThrow().own().parameters()));
    if (smallest.isEmpty()) {
      return sentences;
    }
    ReportRow row = smallest.get();
    ModelCosts costs = row.costs().orElseThrow();
    sentences.add(
        String.format(
            Locale.ROOT,
            "%s has %s of the parameters of the BERT of its shape, but does %s of its operations: a"
                + " shared layer is stored once and runs in every place.",
            row.name(),
            share(costs, c -> (double) c.parameters()),
            share(costs, ModelCosts.Cost::forwardFlops)));
    sentences.add(
        String.format(
            Locale.ROOT,
            "Sharing pays where weights are stored, sent and updated: the file is %s of BERT's, the"
                + " optimizer's state %s (%s less). What a training step keeps of its activations,"
                + " %s, stays at %s.",
            share(costs, c -> (double) c.weightBytes()),
            share(costs, c -> (double) c.optimizerBytes()),
            bytes((double) costs.bert().optimizerBytes() - costs.own().optimizerBytes()),
            bytes((double) costs.own().activationBytes()),
            share(costs, c -> (double) c.activationBytes())));
    measured(row).ifPresent(sentences::add);
    return sentences;
  }

  private Optional<String> measured(ReportRow row) {
    double[] own = speeds(row);
    double[] bert = counterpart(row).map(WhyNotFaster::speeds).orElse(new double[0]);
    if (own.length == 0 || bert.length == 0) {
      return Optional.empty();
    }
    MeanContrast ratio = MeanContrast.difference(logarithms(own), logarithms(bert));
    String measured =
        String.format(
            Locale.ROOT,
            "Measured here in %s and %s, it trains at %s of BERT's speed",
            Numbers.plural(own.length, "run"),
            Numbers.plural(bert.length, "run"),
            Numbers.percent(Math.exp(ratio.estimate())));
    boolean judged = Math.min(own.length, bert.length) >= Analysis.FEWEST_SEEDS && ratio.defined();
    if (!judged) {
      return Optional.of(measured + ": too few for a conclusion.");
    }
    double level = model.plan().analysis().level();
    Interval logs = ratio.interval(level);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s (%s interval %s, Welch's t test of the logarithms, p %s)%s.",
            measured,
            Numbers.level(level),
            Numbers.percents(new Interval(Math.exp(logs.low()), Math.exp(logs.high()))),
            Numbers.probability(ratio.p()),
            ratio.p() <= 1 - level ? "" : ": not distinguishable from it"));
  }

  private static double[] speeds(ReportRow row) {
    return row.measurements(Performance::trainTokensPerSecond);
  }

  private static MeanEstimate logarithms(double[] speeds) {
    return MeanEstimate.of(Arrays.stream(speeds).map(Math::log).toArray());
  }

  /** Those that share or factorise; none in a study whose variants are all of one size. */
  private List<ReportRow> reduced() {
    long sizes =
        model.variants().stream()
            .flatMap(row -> row.costs().stream())
            .map(costs -> costs.own().parameters())
            .distinct()
            .count();
    return sizes < 2 ? List.of() : allReduced();
  }

  private List<ReportRow> allReduced() {
    return model.variants().stream()
        .filter(row -> row.costs().isPresent())
        .filter(
            row ->
                row.costs().orElseThrow().own().parameters()
                    < row.costs().orElseThrow().bert().parameters())
        .toList();
  }

  /** The variant that is the BERT of the same shape, on the same task. */
  private Optional<ReportRow> counterpart(ReportRow row) {
    return Optional.ofNullable(berts.get(shape(row)));
  }

  private static Map<String, @Nullable Object> shape(ReportRow row) {
    Map<String, @Nullable Object> shape = new LinkedHashMap<>();
    Optional<RunRecord> run = row.runs().stream().findFirst();
    SHAPE.forEach(key -> shape.put(key, run.map(r -> r.config().get(key)).orElse(null)));
    return shape;
  }

  private List<Cell> cells(ReportRow row, ModelCosts costs) {
    Optional<ReportRow> bert = counterpart(row);
    return List.of(
        Sheet.text("variant", row.name()),
        counted("parameters", costs, c -> (double) c.parameters(), Quantity::compact),
        counted("forward_flops", costs, ModelCosts.Cost::forwardFlops, Quantity::compact),
        counted(
            "weight_bytes_moved", costs, c -> (double) c.weightBytesMoved(), WhyNotFaster::bytes),
        counted("activation_bytes", costs, c -> (double) c.activationBytes(), WhyNotFaster::bytes),
        counted("optimizer_bytes", costs, c -> (double) c.optimizerBytes(), WhyNotFaster::bytes),
        measured("train_tokens_per_second", row, bert, Performance::trainTokensPerSecond, 0),
        measured(
            "inference_tokens_per_second", row, bert, Performance::inferenceTokensPerSecond, 0),
        measured("latency_p50_ms", row, bert, WhyNotFaster::p50, 2));
  }

  private static @Nullable Double p50(Performance performance) {
    Latency latency = performance.latency();
    return latency == null ? null : latency.p50Ms();
  }

  private static Cell counted(
      String column,
      ModelCosts costs,
      Function<ModelCosts.Cost, Double> part,
      java.util.function.DoubleFunction<String> format) {
    double own = Objects.requireNonNull(part.apply(costs.own()));
    double bert = Objects.requireNonNull(part.apply(costs.bert()));
    return new Cell(
        format.apply(own),
        share(own, bert),
        Cell.Tone.PLAIN,
        own,
        Cell.raw(column, own, column + "_bert", bert));
  }

  private static Cell measured(
      String column,
      ReportRow row,
      Optional<ReportRow> bert,
      Function<Performance, @Nullable Double> figure,
      int decimals) {
    Double own = mean(row.measured(figure));
    Double other = bert.map(b -> mean(b.measured(figure))).orElse(null);
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(column, own);
    raw.put(column + "_bert", other);
    String text =
        own == null ? "" : decimals == 0 ? Numbers.whole(own) : Numbers.fixed(own, decimals);
    return new Cell(
        text, own == null || other == null ? "" : share(own, other), Cell.Tone.PLAIN, own, raw);
  }

  private static @Nullable Double mean(Optional<SeedSummary> summary) {
    return summary.map(s -> s.mean().orElseThrow()).orElse(null);
  }

  private static String share(ModelCosts costs, Function<ModelCosts.Cost, Double> part) {
    return share(
        Objects.requireNonNull(part.apply(costs.own())),
        Objects.requireNonNull(part.apply(costs.bert())));
  }

  private static String share(double own, double bert) {
    return bert == 0 ? "–" : Numbers.fixed(own / bert * 100, 0) + "\u00a0%";
  }

  private static String bytes(double bytes) {
    String text = Quantity.compact(bytes);
    int unit = text.length() - 1;
    return Character.isDigit(text.charAt(unit))
        ? text + "\u00a0B"
        : text.substring(0, unit) + "\u00a0" + text.charAt(unit) + "B";
  }
}
