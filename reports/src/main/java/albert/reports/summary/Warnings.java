package albert.reports.summary;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/** What makes figures incomplete or unequal, found by looking at the runs. */
final class Warnings {
  /** Keys of a configuration that change no figure. */
  private static final Set<String> HARMLESS = Set.of("keep", "logging_steps");

  private final StudyDescription study;
  private final List<ReportRow> rows;
  private final List<RunRecord> runs;
  private final SortedSet<String> keys;
  private final List<ReportMetric> metrics;
  private final Standings standings;

  Warnings(
      StudyDescription study,
      List<ReportRow> rows,
      SortedSet<String> keys,
      List<ReportMetric> metrics,
      Standings standings) {
    this.study = study;
    this.rows = rows;
    this.runs = rows.stream().flatMap(row -> row.runs().stream()).toList();
    this.keys = keys;
    this.metrics = metrics;
    this.standings = standings;
  }

  /**
   * The sentences, each once: what is wrong by one metric of a task often is by all.
   *
   * @param unread files of predictions that were too many to be read
   */
  List<String> sentences(int unread) {
    List<String> sentences = new ArrayList<>();
    if (unread > 0) {
      sentences.add(
          "Predictions of "
              + Numbers.plural(unread, "run")
              + " were not compared: together they are too large.");
    }
    countUnfinished(sentences);
    checkBaseline(sentences);
    checkScores(sentences);
    for (ReportRow row : rows) {
      checkVariant(row, sentences);
      checkSeeds(row, sentences);
      addNotes(row, sentences);
    }
    differing("machine", p -> p.hardware().toString(), sentences);
    differing("precision", p -> p.execution().precision(), sentences);
    differing("number of threads", p -> Integer.toString(p.execution().threads()), sentences);
    differing("device", p -> p.execution().device(), sentences);
    differing("number of devices", RunFacts::devices, sentences);
    differing("commit", Provenance::commit, sentences);
    return sentences.stream().distinct().toList();
  }

  private void countUnfinished(List<String> sentences) {
    long failed = runs.stream().filter(run -> run.status() == RunStatus.FAILED).count();
    if (failed > 0) {
      sentences.add(
          failed
              + " of "
              + runs.size()
              + " runs failed. Means are those of the others, which were chosen by their success: no"
              + " conclusion is drawn from them.");
    }
    long running = runs.stream().filter(run -> run.status() == RunStatus.RUNNING).count();
    if (running > 0) {
      sentences.add(
          running + " of " + runs.size() + " runs are not finished: this is not the end.");
    }
    rows.stream()
        .filter(row -> row.kind() != ReportRow.Kind.REFERENCE && row.runs().isEmpty())
        .forEach(row -> sentences.add("No run of " + row.name() + " has begun."));
  }

  private void checkBaseline(List<String> sentences) {
    if (study.baseline().isEmpty()) {
      return;
    }
    List<ReportRow> baselines =
        rows.stream().filter(row -> row.kind() == ReportRow.Kind.BASELINE).toList();
    if (baselines.isEmpty()) {
      sentences.add(
          "No run is the baseline ("
              + VariantKey.name(study.baseline())
              + "): there is nothing to take differences from.");
    }
    baselines.stream()
        .filter(row -> row.count(RunStatus.FINISHED) == 0)
        .forEach(
            row ->
                sentences.add(
                    "The baseline "
                        + row.name()
                        + " has no finished run: no differences from it."));
  }

  private void checkScores(List<String> sentences) {
    for (ReportMetric metric : metrics) {
      List<Score> scores =
          runs.stream().flatMap(run -> run.headlineScores().stream()).filter(metric::isOf).toList();
      if (scores.stream().map(Score::protocol).distinct().count() > 1) {
        sentences.add(
            metric.label()
                + ": the runs chose their model by different protocols: not comparable.");
      }
      if (scores.stream().map(Score::n).distinct().count() > 1) {
        sentences.add(metric.label() + ": the runs were scored on different numbers of examples.");
      }
    }
  }

  private void checkVariant(ReportRow row, List<String> sentences) {
    for (String key : RunFacts.configured(row.runs())) {
      boolean counts = !keys.contains(key) && !HARMLESS.contains(key);
      if (counts && RunFacts.values(row.runs(), key).size() > 1) {
        sentences.add("The runs of " + row.name() + " differ in " + key + " as well as in seeds.");
      }
    }
    Set<List<Long>> seeds = new HashSet<>();
    for (RunRecord run : row.runs()) {
      if (!seeds.add(List.of(run.initSeed(), run.dataSeed()))) {
        sentences.add(
            "Two runs of " + row.name() + " have the same seeds, " + run.initSeed() + ".");
      }
    }
  }

  /** Seeds without a score, runs that learned nothing, seeds that the other side does not have. */
  private void checkSeeds(ReportRow row, List<String> sentences) {
    Map<ReportMetric, Standing> standing = standings.byRow().get(row.series());
    for (Map.Entry<ReportMetric, Standing> one : standing.entrySet()) {
      ReportMetric metric = one.getKey();
      long without =
          row.runs().stream()
              .filter(run -> run.status() == RunStatus.FINISHED)
              .filter(run -> VariantKey.mayBeTask(run, metric.task()))
              .filter(run -> run.headlineScores().stream().noneMatch(metric::isOf))
              .count();
      if (without > 0) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s of %s finished without a score by %s and %s not in its mean.",
                Numbers.plural((int) without, "run"),
                row.name(),
                metric.label(),
                without == 1 ? "is" : "are"));
      }
      one.getValue().undefinedWords(row, metric).ifPresent(sentences::add);
      if (one.getValue().degenerate() > 0) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s of %s predict%s the same for all examples of %s: such runs support nothing.",
                Numbers.plural(one.getValue().degenerate(), "run"),
                row.name(),
                one.getValue().degenerate() == 1 ? "s" : "",
                metric.task()));
      }
      one.getValue()
          .comparison()
          .filter(c -> unequalSeeds(c.sides()))
          .ifPresent(
              c ->
                  sentences.add(
                      String.format(
                          Locale.ROOT,
                          "%s and its baseline have scores of different seeds by %s: %s.",
                          row.name(),
                          metric.label(),
                          c.family().analysis().paired()
                              ? "only seeds that both have are compared"
                              : "all seeds of both sides are compared")));
    }
  }

  private static boolean unequalSeeds(Comparison.Sides sides) {
    return !sides.variant().bySeed().isEmpty()
        && !sides.baseline().bySeed().isEmpty()
        && !sides.variant().bySeed().keySet().equals(sides.baseline().bySeed().keySet());
  }

  private static void addNotes(ReportRow row, List<String> sentences) {
    SortedMap<String, Long> notes = new TreeMap<>();
    row.runs().forEach(run -> run.notes().forEach(note -> notes.merge(note, 1L, Long::sum)));
    notes.forEach(
        (note, count) ->
            sentences.add(
                "In "
                    + Numbers.plural(count.intValue(), "run")
                    + " of "
                    + row.name()
                    + " "
                    + note
                    + "."));
  }

  private void differing(String what, Function<Provenance, String> part, List<String> sentences) {
    if (runs.stream().map(run -> part.apply(run.provenance())).distinct().count() > 1) {
      sentences.add("The runs differ in " + what + ": compare speeds and scores with care.");
    }
  }
}
