package albert.reports.summary;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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

  private final Map<SortedMap<String, Object>, Integer> numbers = new HashMap<>();

  ReportAssembly(StudyDescription study, List<RunRecord> runs) {
    this.study = study;
    Map<String, RunRecord> distinct = new LinkedHashMap<>();
    runs.forEach(run -> distinct.putIfAbsent(run.study() + "/" + run.runId(), run));
    keys = VariantKey.allOf(runs);
    study.variants().forEach(variant -> keys.addAll(variant.values().keySet()));
    variants = variants(distinct.values());
    variants.forEach(values -> numbers.put(values, numbers.size()));
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

  ReportModel model(Function<RunRecord, Optional<RunDirectory>> folders) {
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
    PredictionEvidence evidence = new PredictionEvidence(folders);
    Standings standings = Standings.of(study, keys, rows, metrics, evidence);
    return new ReportModel(
        study,
        keys,
        metrics,
        rows,
        Settings.common(runs, keys),
        new Warnings(study, rows, keys, metrics).sentences(evidence.left()),
        Settings.provenance(study, runs),
        RunTable.of(runs, names, keys, metrics),
        standings,
        LearningCurve.of(rows, folders));
  }

  private List<SortedMap<String, Object>> variants(Collection<RunRecord> distinct) {
    Set<SortedMap<String, Object>> ordered = new LinkedHashSet<>();
    study.variants().forEach(variant -> ordered.add(variant.values()));
    distinct.stream()
        .sorted(
            Comparator.comparingLong(ReportAssembly::parameters)
                .reversed()
                .thenComparing(run -> !isBaseline(VariantKey.of(run, keys)))
                .thenComparing(run -> VariantKey.name(VariantKey.of(run, keys))))
        .forEach(run -> ordered.add(VariantKey.of(run, keys)));
    return List.copyOf(ordered);
  }

  private static long parameters(RunRecord run) {
    return run.size() == null ? 0 : run.size().encoderParameters();
  }

  private boolean isBaseline(SortedMap<String, Object> values) {
    return study.baseline().keySet().stream().anyMatch(key -> keys.contains(key))
        && ReportModel.baselineValues(study, keys, values).equals(values);
  }

  private int variantOf(RunRecord run) {
    return Objects.requireNonNull(numbers.get(VariantKey.of(run, keys)));
  }

  private List<ReportMetric> metrics() {
    List<Score> scores = new ArrayList<>();
    runs.forEach(run -> scores.addAll(run.scores()));
    study.references().forEach(reference -> scores.addAll(reference.scores()));
    boolean oneTask = scores.stream().map(Score::task).distinct().count() <= 1;
    Set<ReportMetric> found = new LinkedHashSet<>();
    for (Score score : scores) {
      String label = (oneTask ? "" : score.task() + " ") + score.metric().replace('_', ' ');
      found.add(
          new ReportMetric(
              score.task(), score.metric(), score.split(), label, decimals(scores, score)));
    }
    return List.copyOf(found);
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
    String name =
        study.variants().stream()
            .filter(variant -> variant.values().equals(values) && !variant.name().isEmpty())
            .map(StudyDescription.Variant::name)
            .findFirst()
            .orElse(VariantKey.name(values));
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
