package albert.reports.summary;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts runs together into a {@link ReportModel}. */
final class ReportAssembly {
  private final StudyDescription study;
  private final List<RunRecord> runs;
  private final SortedSet<String> keys;
  private final List<ReportMetric> metrics;

  /** Values of each variant, in the order of the report. */
  private final List<SortedMap<String, Object>> variants;

  private final IdentityHashMap<RunRecord, SortedMap<String, Object>> valuesOf =
      new IdentityHashMap<>();
  private final Map<SortedMap<String, Object>, Integer> numbers = new HashMap<>();
  private final Map<SortedMap<String, Object>, String> givenNames = new HashMap<>();

  ReportAssembly(StudyDescription study, List<RunRecord> runs) {
    this.study = study;
    Map<String, RunRecord> distinct = new LinkedHashMap<>();
    runs.forEach(run -> distinct.putIfAbsent(run.study() + "/" + run.runId(), run));
    keys = VariantKey.allOf(runs);
    study.variants().forEach(variant -> keys.addAll(variant.values().keySet()));
    distinct.values().forEach(run -> valuesOf.put(run, VariantKey.of(run, keys)));
    variants = variants(distinct.values());
    variants.forEach(values -> numbers.put(values, numbers.size()));
    study.variants().stream()
        .filter(variant -> !variant.name().isEmpty())
        .forEach(variant -> givenNames.putIfAbsent(variant.values(), variant.name()));
    this.runs =
        distinct.values().stream()
            .sorted(
                Comparator.comparingInt(this::variantOf)
                    .thenComparingLong(RunRecord::initSeed)
                    .thenComparingLong(RunRecord::dataSeed)
                    .thenComparing(RunRecord::runId))
            .toList();
    metrics = metrics();
  }

  /**
   * The report.
   *
   * @param files finds the folder of a run, and is asked once for each
   */
  ReportModel model(Function<RunRecord, Optional<RunDirectory>> files) {
    IdentityHashMap<RunRecord, Optional<RunDirectory>> known = new IdentityHashMap<>();
    Function<RunRecord, Optional<RunDirectory>> folders = run -> known.computeIfAbsent(run, files);
    List<Integer> groups = runs.stream().map(this::variantOf).toList();
    List<ReportRow> rows = new ArrayList<>();
    Map<ReportMetric, Map<Integer, SeedSummary>> summaries = new LinkedHashMap<>();
    metrics.forEach(metric -> summaries.put(metric, RunTable.summaries(runs, groups, metric)));
    Map<Integer, List<RunRecord>> grouped =
        runs.stream().collect(Collectors.groupingBy(this::variantOf));
    for (int i = 0; i < variants.size(); i++) {
      rows.add(variantRow(i, grouped.getOrDefault(i, List.of()), summaries));
    }
    List<String> names = groups.stream().map(group -> rows.get(group).name()).toList();
    study.references().forEach(reference -> rows.add(referenceRow(reference, rows.size())));
    PredictionFiles predictions = new PredictionFiles(folders);
    Degeneracy degeneracy = new Degeneracy(study, predictions);
    AnalysisPlan plan = AnalysisPlan.of(study, metrics, runs);
    Judge judge = new Judge(rows, Standings.baselines(study, keys, rows), plan, degeneracy);
    Standings standings = judge.standings(metrics);
    List<String> warnings =
        new ArrayList<>(
            new Warnings(study, rows, keys, metrics, standings).sentences(predictions.left()));
    warnings.addAll(judge.notes());
    warnings.addAll(plan.warnings());
    return new ReportModel(
        study,
        keys,
        metrics,
        rows,
        RunFacts.common(runs, keys),
        warnings,
        RunFacts.provenance(study, runs),
        RunTable.of(runs, names, keys, metrics),
        plan,
        standings,
        new GridEffects(plan, standings).of(rows, keys),
        LearningCurve.of(rows, folders),
        new Confusions(rows, plan.primary(), predictions).all());
  }

  private List<SortedMap<String, Object>> variants(Collection<RunRecord> distinct) {
    Set<SortedMap<String, Object>> ordered = new LinkedHashSet<>();
    study.variants().forEach(variant -> ordered.add(variant.values()));
    Map<SortedMap<String, Object>, Long> largest = new HashMap<>();
    distinct.forEach(run -> largest.merge(values(run), parameters(run), Math::max));
    largest.entrySet().stream()
        .map(e -> new Found(e.getKey(), e.getValue(), isBaseline(e.getKey())))
        .sorted(
            Comparator.comparingLong(Found::parameters)
                .reversed()
                .thenComparing(found -> !found.isBaseline())
                .thenComparing(Found::name))
        .forEach(found -> ordered.add(found.values()));
    return List.copyOf(ordered);
  }

  /** A variant that the runs have. */
  private record Found(
      SortedMap<String, Object> values, long parameters, boolean isBaseline, String name) {
    Found(SortedMap<String, Object> values, long parameters, boolean isBaseline) {
      this(values, parameters, isBaseline, VariantKey.name(values));
    }
  }

  private SortedMap<String, Object> values(RunRecord run) {
    return Objects.requireNonNull(valuesOf.get(run));
  }

  private static long parameters(RunRecord run) {
    return run.size() == null ? 0 : run.size().encoderParameters();
  }

  private boolean isBaseline(SortedMap<String, Object> values) {
    return study.baseline().keySet().stream().anyMatch(key -> keys.contains(key))
        && ReportModel.baselineValues(study, keys, values).equals(values);
  }

  private int variantOf(RunRecord run) {
    return Objects.requireNonNull(numbers.get(values(run)));
  }

  private List<ReportMetric> metrics() {
    List<Score> scores = new ArrayList<>();
    runs.forEach(run -> scores.addAll(run.headlineScores()));
    study.references().forEach(reference -> scores.addAll(Score.headlines(reference.scores())));
    boolean oneTask = scores.stream().map(Score::task).distinct().count() <= 1;
    Map<List<String>, ReportMetric> found = new LinkedHashMap<>();
    for (Score score : scores) {
      found.computeIfAbsent(
          List.of(score.task(), score.metric(), score.split()),
          kind -> metric(score, oneTask, scores));
    }
    return List.copyOf(found.values());
  }

  private static ReportMetric metric(Score score, boolean oneTask, List<Score> scores) {
    String label = (oneTask ? "" : score.task() + " ") + score.metric().replace('_', ' ');
    return new ReportMetric(
        score.task(), score.metric(), score.split(), label, decimals(scores, score));
  }

  /** Metrics from 0 to 1 are shown to a hundredth of a per cent, and so are those up to 100. */
  private static int decimals(List<Score> scores, Score like) {
    return scores.stream()
            .filter(s -> s.task().equals(like.task()) && s.metric().equals(like.metric()))
            .map(Score::value)
            .allMatch(value -> value == null || Math.abs(value) <= 1)
        ? ReportMetric.FRACTION_DECIMALS
        : 2;
  }

  private ReportRow variantRow(
      int number, List<RunRecord> own, Map<ReportMetric, Map<Integer, SeedSummary>> summaries) {
    SortedMap<String, Object> values = variants.get(number);
    String name = givenNames.getOrDefault(values, VariantKey.name(values));
    Map<ReportMetric, SeedSummary> scores = new LinkedHashMap<>();
    summaries.forEach(
        (metric, groups) -> {
          SeedSummary summary = groups.get(number);
          if (summary != null) {
            scores.put(metric, summary);
          }
        });
    return new ReportRow(
        name,
        isBaseline(values) ? ReportRow.Kind.BASELINE : ReportRow.Kind.VARIANT,
        number,
        values,
        own,
        scores);
  }

  private ReportRow referenceRow(StudyDescription.Reference reference, int number) {
    Map<ReportMetric, SeedSummary> scores = new LinkedHashMap<>();
    for (ReportMetric metric : metrics) {
      reference.scores().stream()
          .filter(metric::isOf)
          .map(Score::value)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(value -> scores.put(metric, SeedSummary.of(new double[] {value}, 0)));
    }
    return new ReportRow(
        reference.name(), ReportRow.Kind.REFERENCE, number, new TreeMap<>(), List.of(), scores);
  }
}
