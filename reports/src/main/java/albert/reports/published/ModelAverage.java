package albert.reports.published;

import albert.evaluation.metric.BenchmarkAverage;
import albert.evaluation.metric.BenchmarkAverage.Needed;
import albert.evaluation.metric.MetricValue;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.TaskModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The average of one of our models over the paper's tasks beside the column Avg of the published
 * models that it is put beside on every one of these tasks. Both follow {@link
 * BenchmarkAverage#ALBERT}; ours is of figures that are chosen and summed up as the published ones.
 */
final class ModelAverage {
  /** The column of the published tables. */
  private static final String AVERAGE = "Avg";

  private static final BenchmarkAverage RULE = BenchmarkAverage.ALBERT;

  private final PublishedFigures published;
  private final TaskModel model;
  private final List<VariantComparison> variants;

  /**
   * @param model one of ours with its variants, one a task
   * @param metrics those of the report
   */
  ModelAverage(PublishedFigures published, List<ReportMetric> metrics, TaskModel model) {
    this.published = published;
    this.model = model;
    variants =
        model.rows().stream()
            .filter(row -> !row.runs().isEmpty())
            .map(row -> new VariantComparison(published, metrics, row))
            .toList();
  }

  /** Ours beside each published average; one that is printed twice of one model stands once. */
  List<PublishedComparison> all() {
    Map<List<Object>, List<PublishedComparison>> printed = new LinkedHashMap<>();
    variants.stream()
        .flatMap(variant -> variant.models().stream())
        .distinct()
        .flatMap(theirs -> beside(theirs).stream())
        .forEach(
            found ->
                printed
                    .computeIfAbsent(
                        List.of(found.published().value(), found.setting()),
                        key -> new ArrayList<>())
                    .add(found));
    return printed.values().stream().map(this::once).toList();
  }

  private Optional<PublishedComparison> beside(PublishedModel theirs) {
    Optional<PublishedNumber> number =
        published.of(theirs).stream().filter(n -> n.metric().equals(AVERAGE)).findFirst();
    Map<Needed, PublishedComparison> scores = scores(theirs);
    MetricValue average =
        RULE.of(
            needed -> {
              PublishedComparison score = scores.get(needed);
              return score == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(score.ours() / 100 * needed.best());
            });
    Double value = average.value();
    return value == null
        ? Optional.empty()
        : number.map(n -> comparison(theirs, n, 100 * value, scores.values()));
  }

  private Map<Needed, PublishedComparison> scores(PublishedModel theirs) {
    Map<Needed, PublishedComparison> scores = new LinkedHashMap<>();
    variants.stream()
        .filter(variant -> variant.models().contains(theirs))
        .forEach(
            variant ->
                variant
                    .besides(theirs)
                    .forEach(
                        (metric, found) ->
                            RULE.needed().stream()
                                .filter(needed -> metric.is(needed))
                                .forEach(needed -> scores.put(needed, found))));
    return scores;
  }

  private PublishedComparison comparison(
      PublishedModel theirs,
      PublishedNumber number,
      double ours,
      Collection<PublishedComparison> scores) {
    return new PublishedComparison(
        model.name(),
        "average by the paper's rule",
        ours,
        Numbers.fixed(ours, 2),
        number,
        List.of(),
        theirs.pretraining().words(),
        distinct(scores, PublishedComparison::theirProtocol),
        distinct(scores, PublishedComparison::protocol),
        scores.stream().flatMap(score -> score.unequal().stream()).distinct().toList(),
        published.faults(List.of(number)));
  }

  private static String distinct(
      Collection<PublishedComparison> scores, Function<PublishedComparison, String> words) {
    return scores.stream().map(words).distinct().collect(Collectors.joining("; "));
  }

  private PublishedComparison once(List<PublishedComparison> same) {
    PublishedComparison first = same.get(0);
    List<PublishedNumber> numbers = same.stream().map(PublishedComparison::published).toList();
    return new PublishedComparison(
        first.variant(),
        first.what(),
        first.ours(),
        first.oursText(),
        first.published(),
        numbers.subList(1, numbers.size()),
        first.setting(),
        first.theirProtocol(),
        first.protocol(),
        first.unequal(),
        published.faults(numbers));
  }
}
