package albert.reports.published;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cell of ours beside the published one that it corresponds to.
 *
 * @param variant name of our variant
 * @param what metric or size that is compared
 * @param ours our figure, on the published scale
 * @param oursText our figure as readers see it
 * @param published the published figure
 * @param setting how the published model was trained
 * @param protocol how our figure came about
 * @param unequal in what the protocols differ, or may differ because it is not said; empty only
 *     where nothing is measured
 * @param faults known faults of the published figure
 */
public record PublishedComparison(
    String variant,
    String what,
    double ours,
    String oursText,
    PublishedNumber published,
    String setting,
    String protocol,
    List<String> unequal,
    List<PublishedFault> faults) {
  private static final String PARAMETERS = "params";

  /** The parts that the paper scores: dev, and for pretraining what was held out of the text. */
  private static final List<String> SPLITS = List.of("dev", "held-out");

  public PublishedComparison {
    unequal = List.copyOf(unequal);
    faults = List.copyOf(faults);
  }

  /** Ours minus theirs. */
  public double difference() {
    return ours - published.number().orElseThrow();
  }

  /** Whether it is about the number of parameters. */
  public boolean isSize() {
    return published.metric().equals(PARAMETERS);
  }

  /** All comparisons of a report, in the order of its rows. */
  public static List<PublishedComparison> of(ReportModel model) {
    List<PublishedModel> models = PublishedModel.all();
    Map<List<String>, List<PublishedNumber>> numbers =
        PublishedNumber.all().stream()
            .filter(number -> number.number().isPresent())
            .collect(Collectors.groupingBy(n -> List.of(n.table(), n.row())));
    Map<List<String>, Metric> metrics = new HashMap<>();
    for (Map<String, String> row : PublishedTable.read("metrics.csv")) {
      metrics.put(
          List.of(
              row.getOrDefault("published", ""),
              row.getOrDefault("task", ""),
              row.getOrDefault("metric", "")),
          new Metric(
              Double.parseDouble(row.getOrDefault("scale", "1")),
              row.getOrDefault("with_mnli", "no").equals("yes")));
    }
    List<PublishedFault> faults = PublishedFault.all();
    List<PublishedComparison> found = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      Optional<RunRecord> run = row.runs().stream().findFirst();
      if (run.isEmpty()) {
        continue;
      }
      for (PublishedModel published : models) {
        if (published.is(run.get().config())) {
          for (PublishedNumber number :
              numbers.getOrDefault(List.of(published.table(), published.row()), List.of())) {
            cells(model, row, run.get(), published, number, metrics, faults, found);
          }
        }
      }
    }
    return found;
  }

  private record Metric(double scale, boolean withMnli) {}

  private static void cells(
      ReportModel model,
      ReportRow row,
      RunRecord run,
      PublishedModel published,
      PublishedNumber number,
      Map<List<String>, Metric> metrics,
      List<PublishedFault> allFaults,
      List<PublishedComparison> found) {
    List<PublishedFault> faults = allFaults.stream().filter(f -> f.touches(number)).toList();
    if (number.metric().equals(PARAMETERS)) {
      row.size()
          .map(ModelSize::encoderParameters)
          .ifPresent(
              count ->
                  found.add(
                      new PublishedComparison(
                          row.name(),
                          "parameters",
                          count,
                          Numbers.whole((double) count),
                          number,
                          published.setting(),
                          "counted: encoder and pooler",
                          List.of(),
                          faults)));
    }
    for (ReportMetric metric : model.metrics()) {
      Metric kind = metrics.get(List.of(number.metric(), metric.task(), metric.metric()));
      Optional<SeedSummary> score = row.score(metric);
      if (kind != null && score.isPresent() && SPLITS.contains(metric.split())) {
        double mean = score.get().mean().orElseThrow() * kind.scale;
        found.add(
            new PublishedComparison(
                row.name(),
                metric.label(),
                mean,
                Numbers.fixed(mean, 2),
                number,
                published.setting(),
                protocol(row, run, metric, score.get()),
                unequal(run, score.get(), kind),
                faults));
      }
    }
  }

  private static String protocol(
      ReportRow row, RunRecord run, ReportMetric metric, SeedSummary score) {
    String chosen =
        row.runs().stream()
            .flatMap(r -> r.headlineScores().stream())
            .filter(metric::isOf)
            .map(Score::protocol)
            .distinct()
            .collect(Collectors.joining(" and "));
    return String.format(
        Locale.ROOT,
        "%s; checkpoint: %s; %s",
        score.n() == 1 ? "one run" : "mean of " + score.n() + " seeds",
        chosen,
        weights(run));
  }

  private static String weights(RunRecord run) {
    Object start = run.config().get("model");
    if (run.config().containsKey("pretrain_corpus")) {
      return "pretrained by the study";
    }
    return start == null ? "trained from scratch" : "weights of " + start;
  }

  private static String pretraining(RunRecord run) {
    Object corpus = run.config().get("pretrain_corpus");
    if (corpus != null) {
      return String.format(
          Locale.ROOT, "ours is %s steps on %s", run.config().get("pretrain_max_steps"), corpus);
    }
    return run.config().containsKey("model")
        ? "ours is that of the weights named"
        : "ours has none";
  }

  /**
   * The paper says of its dev scores neither which checkpoint they are nor, mostly, how many runs.
   */
  private static List<String> unequal(RunRecord run, SeedSummary score, Metric kind) {
    List<String> unequal = new ArrayList<>();
    unequal.add("pretraining: " + pretraining(run));
    if (score.n() > 1) {
      unequal.add("aggregate: ours is a mean, theirs one run or a median of 5");
    } else {
      unequal.add("aggregate: theirs one run or a median of 5");
    }
    unequal.add("checkpoint: theirs is not said");
    if (kind.withMnli) {
      unequal.add("with MNLI: theirs began from a model trained on MNLI");
    }
    return unequal;
  }
}
