package albert.reports.summary;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

  Warnings(
      StudyDescription study,
      List<ReportRow> rows,
      SortedSet<String> keys,
      List<ReportMetric> metrics) {
    this.study = study;
    this.rows = rows;
    this.runs = rows.stream().flatMap(row -> row.runs().stream()).toList();
    this.keys = keys;
    this.metrics = metrics;
  }

  /**
   * The sentences.
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
      addNotes(row, sentences);
    }
    differing("machine", p -> p.hardware().toString(), sentences);
    differing("precision", p -> p.execution().precision(), sentences);
    differing("number of threads", p -> Integer.toString(p.execution().threads()), sentences);
    differing("device", p -> p.execution().device(), sentences);
    differing("commit", Provenance::commit, sentences);
    return sentences;
  }

  private void countUnfinished(List<String> sentences) {
    long failed = runs.stream().filter(run -> run.status() == RunStatus.FAILED).count();
    if (failed > 0) {
      sentences.add(
          failed + " of " + runs.size() + " runs failed; they are counted and are in no mean.");
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
      scores.stream()
          .map(Score::reason)
          .filter(Objects::nonNull)
          .distinct()
          .forEach(reason -> sentences.add(metric.label() + " is undefined for a run: " + reason));
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
