package albert.reports.summary;

import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Correction;
import albert.evaluation.stats.FailureRate;
import albert.evaluation.stats.SeedScores;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges variants. The comparisons by the primary metrics of all tasks are one family, those by all
 * other metrics, which are looked at besides, are another: in each the chance of any false claim is
 * that of the plan.
 */
final class Judge {
  private final List<ReportRow> rows;
  private final Map<Integer, Integer> baselines;
  private final AnalysisPlan plan;
  private final Degeneracy degeneracy;
  private final PredictionEvidence evidence;

  /** Sentences on what could not be compared. */
  private final List<String> notes = new ArrayList<>();

  private final List<Map<ReportMetric, Standing>> byRow = new ArrayList<>();

  Judge(
      List<ReportRow> rows,
      Map<Integer, Integer> baselines,
      AnalysisPlan plan,
      Degeneracy degeneracy) {
    this.rows = rows;
    this.baselines = baselines;
    this.plan = plan;
    this.degeneracy = degeneracy;
    evidence = new PredictionEvidence(degeneracy.predictions());
    rows.forEach(row -> byRow.add(new LinkedHashMap<>()));
  }

  /** Judges by all metrics. */
  Standings standings(List<ReportMetric> metrics) {
    judge(metrics.stream().filter(plan::isPrimary).toList());
    judge(metrics.stream().filter(metric -> !plan.isPrimary(metric)).toList());
    return new Standings(
        baselines,
        byRow,
        metrics(standing -> standing.scores().failed() > 0),
        metrics(standing -> standing.scores().undefined() > 0));
  }

  /** The metrics by which some variant stands so. */
  private Set<ReportMetric> metrics(Predicate<Standing> isSo) {
    Set<ReportMetric> found = new HashSet<>();
    byRow.forEach(
        row ->
            row.forEach(
                (metric, standing) -> {
                  if (isSo.test(standing)) {
                    found.add(metric);
                  }
                }));
    return found;
  }

  /** What could not be compared, a sentence each. */
  List<String> notes() {
    return notes;
  }

  /** A variant, by index, and a metric. */
  private record Place(int row, ReportMetric metric) {}

  private void judge(List<ReportMetric> metrics) {
    Map<Place, Candidate> candidates = candidates(metrics);
    List<Place> compared =
        candidates.keySet().stream().filter(place -> candidates.containsKey(base(place))).toList();
    Map<Place, Comparison> comparisons = comparisons(candidates, compared);
    Map<Place, Standing.Evidence> evidences = evidences(compared);
    Map<Place, OptionalDouble> failures = failures(candidates, compared);
    Letters letters = new Letters(baselines, plan.analysis());
    candidates.forEach((place, one) -> letters.add(place.row, place.metric, one.scores()));
    comparisons.forEach((place, one) -> letters.judged(place.row, place.metric, one.verdict()));
    Map<ReportMetric, Map<Integer, Standing.Place>> places = letters.places();
    candidates.forEach(
        (place, one) ->
            byRow
                .get(place.row)
                .put(
                    place.metric,
                    new Standing(
                        one.scores(),
                        Optional.ofNullable(comparisons.get(place)),
                        comparisons.containsKey(place)
                            && Starts.isOfCheckpoints(
                                rows.get(place.row), rows.get(base(place).row)),
                        evidences.getOrDefault(place, Standing.Evidence.NONE),
                        new Standing.Failures(
                            one.rate(),
                            failures.getOrDefault(place, OptionalDouble.empty()),
                            atChance(place, one.rate().failed())),
                        undefined(place, one),
                        one.degenerate(),
                        places
                            .getOrDefault(place.metric, Map.of())
                            .getOrDefault(place.row, Standing.Place.NONE))));
  }

  private static Candidate candidate(Map<Place, Candidate> candidates, Place place) {
    return Objects.requireNonNull(candidates.get(place));
  }

  private Place base(Place place) {
    return new Place(baselines.getOrDefault(place.row, -1), place.metric);
  }

  /** A variant's scores, as far as they can be judged. */
  private record Candidate(SeedScores scores, FailureRate rate, int degenerate) {}

  private Map<Place, Candidate> candidates(List<ReportMetric> metrics) {
    Map<Place, Candidate> candidates = new LinkedHashMap<>();
    for (ReportMetric metric : metrics) {
      for (int i = 0; i < rows.size(); i++) {
        ReportRow row = rows.get(i);
        SeedSummary summary = row.scores().get(metric);
        if (row.kind() != ReportRow.Kind.REFERENCE && summary != null) {
          int degenerate = degeneracy.count(row, metric);
          candidates.put(
              new Place(i, metric),
              new Candidate(
                  new SeedScores(
                      row.bySeed(metric),
                      summary.failed(),
                      summary.undefined(),
                      summary.n() > 0 && degenerate >= summary.n()),
                  new FailureRate(summary.failed(), summary.runs()),
                  degenerate));
        }
      }
    }
    return candidates;
  }

  private Map<Place, Comparison> comparisons(
      Map<Place, Candidate> candidates, List<Place> compared) {
    List<Comparison.Sides> sides =
        compared.stream()
            .map(
                place ->
                    new Comparison.Sides(
                        candidate(candidates, place).scores(),
                        candidate(candidates, base(place)).scores(),
                        plan.margin(place.metric),
                        place.metric.lowerIsBetter()))
            .toList();
    List<Comparison> family = Comparison.family(sides, plan.analysis());
    Map<Place, Comparison> comparisons = new HashMap<>();
    for (int i = 0; i < compared.size(); i++) {
      comparisons.put(compared.get(i), family.get(i));
    }
    return comparisons;
  }

  private Map<Place, Standing.Evidence> evidences(List<Place> compared) {
    List<PredictionEvidence.Found> found = new ArrayList<>();
    for (Place place : compared) {
      ReportRow variant = rows.get(place.row);
      ReportRow baseline = rows.get(base(place).row);
      PredictionEvidence.Found one = evidence.compare(variant, baseline, place.metric);
      found.add(one);
      if (one.otherExamples()) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s and %s were scored on different examples (%s): they are not compared by"
                    + " example.",
                variant.name(),
                baseline.name(),
                place.metric.label()));
      }
    }
    List<OptionalDouble> adjusted =
        Correction.HOLM.adjust(found.stream().map(PredictionEvidence.Found::p).toList());
    Map<Place, Standing.Evidence> evidences = new HashMap<>();
    for (int i = 0; i < compared.size(); i++) {
      evidences.put(
          compared.get(i),
          new Standing.Evidence(found.get(i).items(), found.get(i).models(), adjusted.get(i)));
    }
    return evidences;
  }

  /** Fisher's p wherever a side has failed runs, corrected for these. */
  private Map<Place, OptionalDouble> failures(
      Map<Place, Candidate> candidates, List<Place> compared) {
    List<OptionalDouble> p = new ArrayList<>();
    for (Place place : compared) {
      FailureRate own = candidate(candidates, place).rate();
      FailureRate other = candidate(candidates, base(place)).rate();
      boolean failed = own.failed() + other.failed() > 0;
      p.add(failed ? OptionalDouble.of(own.fisherP(other)) : OptionalDouble.empty());
    }
    List<OptionalDouble> adjusted = Correction.HOLM.adjust(p);
    Map<Place, OptionalDouble> failures = new HashMap<>();
    for (int i = 0; i < compared.size(); i++) {
      failures.put(compared.get(i), adjusted.get(i));
    }
    return failures;
  }

  private Standing.Undefined undefined(Place place, Candidate one) {
    int count = one.scores().undefined();
    List<String> reasons =
        rows.get(place.row).runs().stream()
            .filter(run -> run.status() != RunStatus.FAILED)
            .flatMap(run -> run.headlineScores().stream())
            .filter(place.metric::isOf)
            .map(Score::reason)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return new Standing.Undefined(count, one.rate().runs(), reasons, atChance(place, count));
  }

  /**
   * The mean over the runs with a score and others that have none, these at the level of chance.
   */
  private OptionalDouble atChance(Place place, int others) {
    ReportMetric metric = place.metric;
    Optional<Double> chance = degeneracy.chance(metric.task(), metric.metric(), metric.split());
    if (others == 0 || chance.isEmpty()) {
      return OptionalDouble.empty();
    }
    SeedSummary scored = Objects.requireNonNull(rows.get(place.row).scores().get(metric));
    double sum = others * chance.get() + scored.n() * scored.mean().orElse(0);
    return OptionalDouble.of(sum / (others + scored.n()));
  }
}
