package albert.reports.output;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.ItemBootstrap;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was done to the figures, in words for a reader and for a paper's section on methods. */
final class Methods {
  private Methods() {}

  /** Under every table of variants. */
  static String scores() {
    return "Scores are mean ± standard deviation over seeds; parameters are those of encoder and"
        + " pooler. A verdict is the test's alone (see Methods). Variants that share a letter are"
        + " not told apart; a score is bold where its variant is told apart from all others and"
        + " ahead of them.";
  }

  /** Under the table of comparisons. */
  static String comparisons(ReportModel model) {
    return "Difference: variant minus baseline. Interval, p, g and posterior come from the same"
        + " model as the verdict. Worse, equal, better: the probabilities that the variant is worse"
        + " by the margin or more, within it, better by it or more. More seeds: so many more on each"
        + " side would make the corrected interval no wider than the margin to either side, at the"
        + " present spread. Decide on them once: adding seeds until a difference appears makes false"
        + " claims likely. Seeds and examples: from "
        + ItemBootstrap.FEWEST_SEEDS
        + " seeds on.";
  }

  /** What was declared before the runs, and what was not. */
  static List<String> declared(ReportModel model) {
    DeclaredAnalysis declared = model.plan().declared();
    List<String> before = new ArrayList<>();
    List<String> defaults = new ArrayList<>();
    add(declared.primary(), "primary metric " + primary(model), before, defaults);
    add(declared.margin(), "margin " + margins(model), before, defaults);
    add(
        declared.paired(),
        model.plan().analysis().paired() ? "paired seeds" : "seeds not paired",
        before,
        defaults);
    add(
        declared.alpha(),
        "alpha " + Numbers.plain(model.plan().analysis().alpha()),
        before,
        defaults);
    List<String> sentences = new ArrayList<>();
    sentences.add(
        before.isEmpty()
            ? "The study declares nothing of its analysis."
            : "Declared before the runs: " + String.join("; ", before) + ".");
    if (!defaults.isEmpty()) {
      sentences.add("Not declared, the suite's defaults: " + String.join("; ", defaults) + ".");
    }
    String besides =
        model.metrics().stream()
            .filter(metric -> !model.plan().isPrimary(metric))
            .map(ReportMetric::label)
            .collect(Collectors.joining(", "));
    if (!besides.isEmpty()) {
      sentences.add(
          "Looked at besides, in a family of their own and not in the answer: " + besides + ".");
    }
    return sentences;
  }

  private static void add(
      @Nullable Object given, String words, List<String> before, List<String> defaults) {
    (given == null ? defaults : before).add(words);
  }

  private static String primary(ReportModel model) {
    return model.primaryMetrics().stream()
        .map(ReportMetric::label)
        .collect(Collectors.joining(", "));
  }

  private static String margins(ReportModel model) {
    return model.primaryMetrics().stream()
        .filter(metric -> model.plan().margin(metric).isPresent())
        .map(metric -> Numbers.fixed(model.plan().margin(metric).getAsDouble(), metric.decimals()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** A paragraph for a paper: each test that was used, with its source. */
  static String paragraph(ReportModel model) {
    Analysis analysis = model.plan().analysis();
    List<Standing> standings =
        model.primaryMetrics().stream()
            .flatMap(metric -> model.variants().stream().map(row -> model.standing(row, metric)))
            .toList();
    List<String> sentences = new ArrayList<>();
    sentences.add("We report the mean and the standard deviation over random seeds.");
    int tested =
        standings.stream()
            .flatMap(standing -> standing.comparison().stream())
            .mapToInt(comparison -> comparison.family().tested())
            .findFirst()
            .orElse(0);
    if (tested > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Each variant was compared with its baseline by %s, two-sided at %s, with Holm's (1979)"
                  + " correction for %s.",
              analysis.paired()
                  ? "Student's t test of runs paired by their seed"
                  : "Welch's (1947) t test, which does not assume equal variances",
              Numbers.plain(analysis.alpha()),
              Numbers.plural(tested, "comparison")));
      if (standings.stream()
          .flatMap(standing -> standing.comparison().stream())
          .anyMatch(comparison -> comparison.lossP().isPresent())) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "That a variant loses less than %s was tested one-sided at %s (non-inferiority),"
                    + " likewise corrected.",
                margins(model),
                Numbers.plain(analysis.alpha() / 2)));
      }
    }
    sentences.add(
        String.format(
            Locale.ROOT,
            "Comparisons with fewer than %d seeds a side, with failed runs, with undefined scores or"
                + " with runs that predict a single class support no conclusion.",
            Analysis.FEWEST_SEEDS));
    if (standings.stream().anyMatch(standing -> standing.failures().rate().failed() > 0)) {
      sentences.add(
          "Rates of failed runs have Wilson's (1927) interval and were compared by Fisher's exact"
              + " test.");
    }
    sentences.add(
        "Letters mark variants that are not told apart: comparisons with the baseline as above, all"
            + " other pairs by the same test with Holm's correction for their number (compact letter"
            + " display, Piepho, 2004).");
    sentences.addAll(SeveralTasks.of(model).map(TaskNotes::methods).orElse(List.of()));
    if (!model.effects().isEmpty()) {
      sentences.add(
          "Main effects and interactions are contrasts of the variants' means with Satterthwaite's"
              + " (1946) degrees of freedom, corrected by Holm for all effects.");
    }
    if (standings.stream().anyMatch(standing -> standing.evidence().items().isPresent())) {
      sentences.add(
          "Where seeds and examples are both drawn anew we used the multi-bootstrap (Sellam et al.,"
              + " 2022) with "
              + Numbers.whole(ItemBootstrap.REPLICATES)
              + " replicates.");
    }
    return String.join(" ", sentences);
  }
}
