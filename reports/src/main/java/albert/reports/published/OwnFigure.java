package albert.reports.published;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A score of a variant of ours, chosen and summed up as a published one was, as far as our runs
 * allow it.
 *
 * @param value on our scale
 * @param n runs that it is of
 * @param aggregate how it is made of them, in words
 * @param protocols which weights the scores are of, as the records say it
 */
record OwnFigure(double value, int n, String aggregate, List<String> protocols) {
  private static final Pattern BEST_ON_DEV = Pattern.compile("best-on-dev(?: of ([0-9]+))?(,.*)?");

  OwnFigure {
    protocols = List.copyOf(protocols);
  }

  /**
   * The figure of a variant.
   *
   * @param theirs what it stands beside: beside early stopping on dev it is of the weights that are
   *     best on dev, if every run has such a score, and beside a median it is a median
   * @return empty if no run has a score
   */
  static Optional<OwnFigure> of(ReportRow row, ReportMetric metric, PublishedProtocol theirs) {
    List<Score> headlines = new ArrayList<>();
    List<Score> best = new ArrayList<>();
    for (RunRecord run : row.runs()) {
      Optional<Score> headline = first(run.headlineScores().stream(), metric);
      headline.ifPresent(headlines::add);
      if (headline.isPresent()) {
        first(run.scores().stream().filter(OwnFigure::isBestOnDev), metric).ifPresent(best::add);
      }
    }
    if (headlines.isEmpty()) {
      return Optional.empty();
    }
    boolean chosen = theirs.isBestOnDev() && best.size() == headlines.size();
    return Optional.of(summed(chosen ? best : headlines, row, metric, theirs));
  }

  private static Optional<Score> first(Stream<Score> scores, ReportMetric metric) {
    return scores.filter(metric::isOf).filter(score -> score.value() != null).findFirst();
  }

  private static boolean isBestOnDev(Score score) {
    return BEST_ON_DEV.matcher(score.protocol()).matches();
  }

  private static OwnFigure summed(
      List<Score> scores, ReportRow row, ReportMetric metric, PublishedProtocol theirs) {
    double[] values =
        scores.stream()
            .map(Score::value)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    SeedSummary summary = SeedSummary.of(values, 0);
    List<String> protocols = scores.stream().map(Score::protocol).distinct().toList();
    if (theirs.isOfText() && row.runs().stream().allMatch(OwnFigure::sharesPretraining)) {
      double mean = summary.mean().orElseThrow();
      return new OwnFigure(mean, 1, "one pretraining", protocols);
    }
    String without =
        row.score(metric).map(s -> Numbers.withoutScore(s.failed(), s.undefined())).orElse("");
    boolean median = theirs.mayBeMedian();
    return new OwnFigure(
        (median ? summary.median() : summary.mean()).orElseThrow(),
        values.length,
        aggregate(values.length, without, median),
        protocols);
  }

  /** A pretraining with a seed of its own is one for all seeds of the runs. */
  private static boolean sharesPretraining(RunRecord run) {
    return run.config().get("pretrain_seed") instanceof Number seed && seed.longValue() > 0;
  }

  private static String aggregate(int n, String without, boolean median) {
    String of =
        n == 1
            ? "one run"
            : String.format(Locale.ROOT, "%s of %d seeds", median ? "median" : "mean", n);
    return without.isEmpty() ? of : of + " (" + without + ")";
  }

  /** Which weights it is of, in words. */
  String checkpoint() {
    return String.join(" and ", protocols.stream().map(OwnFigure::words).toList());
  }

  private static String words(String protocol) {
    Matcher best = BEST_ON_DEV.matcher(protocol);
    if (!best.matches()) {
      return protocol;
    }
    String rest = Objects.requireNonNullElse(best.group(2), "");
    String n = best.group(1);
    String evaluations =
        n == null ? "" : " of " + n + (n.equals("1") ? " evaluation" : " evaluations");
    return "best on dev" + evaluations + rest;
  }

  /** Whether it is of weights that were chosen on dev, from more than one evaluation. */
  boolean isChosenOnDev() {
    return protocols.stream()
        .map(BEST_ON_DEV::matcher)
        .allMatch(best -> best.matches() && !"1".equals(best.group(1)));
  }
}
